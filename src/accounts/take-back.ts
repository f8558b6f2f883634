import type { UnitOfWork } from '../platform/units/work.ts'
import { type Money, requireCurrency } from '../platform/values/money.ts'
import { settleAccount, undoAllocations } from './allocation/allocation.ts'
import { readMinor, storeMinor } from './amounts.ts'
import { updateClaims } from './claim-store.ts'
import { listOpenAgain, reverseItem } from './credits/credit-item-store.ts'
import { paymentReturned } from './events.ts'
import { beginEntry, type NewEntry, writeLines } from './journal/journal.ts'
import { findEntryByKey, isReversed, listPostings } from './journal/journal-store.ts'
import { announcePayment, lockPayment } from './pay.ts'
import { clearingRoles } from './payment-rules.ts'
import type { RejectionReason } from './rejection-reasons.ts'
import { refuseTooMuch } from './refusals.ts'

/** Money of a payment that has gone back the way it came. */
export interface TakenBack {
  readonly paymentId: number
  readonly amount: Money
  /** Given back by the studio, or taken back by the card scheme. */
  readonly kind: 'REFUND' | 'CHARGEBACK'
  readonly description: string
  /** Why it was taken back; kept with the claims that are open again. */
  readonly rejection?: RejectionReason
  /** The same key books once. */
  readonly journalKey: string
}

/**
 * Takes a part of a payment back: what is left of the payment, and other credit of the account, settles its claims anew.
 * Answers the entry. Refuses (400) more than is left of the payment.
 */
export async function takeBackPart(work: UnitOfWork, part: TakenBack): Promise<number> {
  const { paymentId, amount, kind, description, rejection } = part
  const { account, payment } = await lockPayment(work, paymentId)
  requireCurrency(amount.currency, account.currency, 'amount')
  const key = keyOfPart(part)
  const earlier = await findEntryByKey(work.tx, account.entityId, key)
  if (earlier !== undefined) return earlier
  const rest = payment.amount - payment.reversed
  if (amount.minor <= 0n || amount.minor > rest) throw refuseTooMuch(rest, account.currency)
  const entry: NewEntry = { kind, studioId: payment.studioId, description, key }
  const { entryId } = await beginEntry(work, account, entry)
  const opened = await undoAllocations(work, account, paymentId)
  if (rejection) await updateClaims(work.tx, opened, { latestRejectionReason: rejection }, work.now)
  await reverseItem(work.tx, paymentId, storeMinor(amount.minor, account.currency), work.now)
  await writeLines(work, account, { entryId, entry }, [
    { role: 'RECEIVABLE', amount: amount.minor, creditItemId: paymentId },
    { role: clearingRoles[payment.method], amount: -amount.minor, creditItemId: paymentId },
  ])
  await settleAccount(work, account)
  const { customerId, homeStudioId } = account
  const about = { entityId: customerId, customerId, audienceStudioIds: [homeStudioId] }
  if (kind === 'CHARGEBACK') work.emit(paymentReturned({ ...about, content: { paymentId } }))
  return entryId
}

const keyOfPart = ({ journalKey }: Pick<TakenBack, 'journalKey'>) => `take-back:${journalKey}`

/**
 * Undoes a part that was taken back and has come again: it is of the payment as before, and settles what that had settled, as
 * far as it is open. Answers the entry; undefined where nothing was taken back under the key, or has come again before.
 */
export async function restorePart(
  work: UnitOfWork,
  { paymentId, journalKey, description }: Pick<TakenBack, 'paymentId' | 'journalKey' | 'description'>,
): Promise<number | undefined> {
  const { account, payment } = await lockPayment(work, paymentId)
  const taken = await findEntryByKey(work.tx, account.entityId, keyOfPart({ journalKey }))
  if (taken === undefined || (await isReversed(work.tx, taken))) return undefined
  const line = (await listPostings(work.tx, taken)).find(({ customerId }) => customerId !== null)
  if (!line) throw new Error(`The entry ${taken} has taken nothing from a customer.`)
  const amount = readMinor(line.amount, line.currency)
  const key = `restored:${keyOfPart({ journalKey })}`
  const entry: NewEntry = { kind: 'PAYMENT', studioId: payment.studioId, description, key, reversesEntryId: taken }
  const { entryId } = await beginEntry(work, account, entry)
  await reverseItem(work.tx, paymentId, storeMinor(-amount, account.currency), work.now)
  await writeLines(work, account, { entryId, entry }, [
    { role: clearingRoles[payment.method], amount, creditItemId: paymentId },
    { role: 'RECEIVABLE', amount: -amount, creditItemId: paymentId },
  ])
  await settleAccount(work, account, new Set(await listOpenAgain(work.tx, paymentId)))
  announcePayment(work, account, paymentId)
  return entryId
}

/** How much of a payment was not taken back yet. */
export async function findPaymentRest(work: UnitOfWork, paymentId: number): Promise<Money> {
  const { account, payment } = await lockPayment(work, paymentId)
  return { minor: payment.amount - payment.reversed, currency: account.currency }
}
