import type { UnitOfWork } from '../platform/units/work.ts'
import { type Money, requireCurrency } from '../platform/values/money.ts'
import { settleAccount, undoAllocations } from './allocation.ts'
import { storeMinor } from './amounts.ts'
import { updateClaims } from './claim-store.ts'
import { reverseItem } from './credit-item-store.ts'
import { paymentReturned } from './events.ts'
import { beginEntry, type NewEntry, writeLines } from './journal/journal.ts'
import { findEntryByKey } from './journal/journal-store.ts'
import { lockPayment } from './pay.ts'
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
  const key = `take-back:${part.journalKey}`
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

/** How much of a payment was not taken back yet. */
export async function findPaymentRest(work: UnitOfWork, paymentId: number): Promise<Money> {
  const { account, payment } = await lockPayment(work, paymentId)
  return { minor: payment.amount - payment.reversed, currency: account.currency }
}
