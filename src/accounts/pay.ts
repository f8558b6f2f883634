import { badRequest, conflict, notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { type Money, requireCurrency } from '../platform/values/money.ts'
import { type Account, lockAccount } from './account-lock.ts'
import { settleAccount, undoAllocations } from './allocation/allocation.ts'
import { storeMinor } from './amounts.ts'
import { postClaims } from './charge.ts'
import { type Claim, listClaims, updateClaims } from './claim-store.ts'
import {
  type CreditItem,
  findCreditItem,
  findItemOfEntry,
  insertCreditItem,
  reverseItem,
} from './credits/credit-item-store.ts'
import { paymentBooked, paymentReturned } from './events.ts'
import { beginEntry, type NewEntry, writeLines } from './journal/journal.ts'
import { findEntryByKey } from './journal/journal-store.ts'
import { clearingRoles, judgeNamedClaim, type NamedClaimRefusal, type PaymentMethod } from './payment-rules.ts'
import type { RejectionReason } from './rejection-reasons.ts'

/** Money that a customer has paid. */
export interface Payment {
  readonly customerId: number
  readonly studioId: number
  /** Above 0, in the currency of the books. */
  readonly amount: Money
  readonly method: PaymentMethod
  readonly description: string
  /** Settled before all others; scheduled ones are booked for it. */
  readonly claimIds?: readonly number[] | undefined
  /** Local date of the studio on which the money arrived; left out: today. */
  readonly valueDate?: Temporal.PlainDate | undefined
  /** The same key books once. */
  readonly journalKey: string
}

/**
 * Books a payment and answers its id. It settles the named claims, then all others by due date; the rest is credit of the
 * account. Refuses another currency (400), claims that cannot be paid (400), that an agency collects (400), that a payment
 * run collects just now (409), that are settled (409) or another customer's (404).
 */
export async function bookPayment(work: UnitOfWork, payment: Payment): Promise<number> {
  const account = await lockAccount(work, payment.customerId)
  requireCurrency(payment.amount.currency, account.currency, 'amount')
  const earlier = await findEntryByKey(work.tx, account.entityId, keyOfPayment(payment))
  const known = earlier === undefined ? undefined : await findItemOfEntry(work.tx, earlier)
  if (known !== undefined) return known
  const named = await readNamedClaims(work, account, payment.claimIds ?? [])
  await postClaims(
    work,
    account,
    named.filter(({ state }) => state === 'SCHEDULED'),
  )
  const paymentId = await addPayment(work, account, payment)
  await settleAccount(work, account, new Set(named.map(({ id }) => id)))
  announcePayment(work, account, paymentId)
  return paymentId
}

const keyOfPayment = ({ journalKey }: Payment) => `payment:${journalKey}`

/** Books money that was not booked before, without settling anything yet, and answers the payment. The account is locked. */
export async function addPayment(work: UnitOfWork, account: Account, payment: Payment): Promise<number> {
  const { customerId, studioId, amount, method, description } = payment
  const entry: NewEntry = { kind: 'PAYMENT', studioId, description, key: keyOfPayment(payment) }
  const { entryId, today } = await beginEntry(work, account, entry)
  const { entityId, currency } = account
  const item = { customerId, entityId, studioId, currency, method, entryId, valueDate: payment.valueDate ?? today }
  const stored = storeMinor(amount.minor, currency)
  const paymentId = await insertCreditItem(work.tx, { ...item, kind: 'PAYMENT', amount: stored }, work.now)
  await writeLines(work, account, { entryId, entry }, [
    { role: clearingRoles[method], amount: amount.minor, creditItemId: paymentId },
    { role: 'RECEIVABLE', amount: -amount.minor, creditItemId: paymentId },
  ])
  return paymentId
}

/** Partners receive the event of a payment. */
export function announcePayment(work: UnitOfWork, account: Account, paymentId: number) {
  work.emit(paymentBooked({ ...about(account), content: { paymentId } }))
}

const about = ({ customerId, homeStudioId }: Account) => ({
  entityId: customerId,
  customerId,
  audienceStudioIds: [homeStudioId],
})

/** The claims that a payment names, by due date; repeats are ignored. */
async function readNamedClaims(work: UnitOfWork, account: Account, claimIds: readonly number[]): Promise<Claim[]> {
  const claims = await listClaims(work.tx, claimIds)
  for (const [index, claimId] of claimIds.entries()) {
    const claim = claims.find(({ id }) => id === claimId)
    const reference = `debtClaimIds[${index}]`
    if (claim?.customerId !== account.customerId || claim.entityId !== account.entityId) {
      throw notFound('debtClaim', claimId)
    }
    const refusal = judgeNamedClaim(claim)
    if (refusal) throw refuseClaim(refusal, claimId, reference)
  }
  return claims
}

function refuseClaim(refusal: NamedClaimRefusal, claimId: number, reference: string) {
  const details = { args: [{ type: 'INTEGER', value: claimId }], reference } as const
  switch (refusal) {
    case 'NOT_PAYABLE':
      return badRequest('errormessage.account.claimNotPayable', details)
    case 'IN_DEBT_COLLECTION':
      return badRequest('errormessage.account.claimInDebtCollection', details)
    case 'IN_PAYMENT_RUN':
      return conflict('errormessage.account.claimInPaymentRun', details)
    case 'ALREADY_SETTLED':
      return conflict('errormessage.account.claimAlreadySettled', details)
  }
}

/** A payment with its account locked. Unknown ids, and credit items that are no payments, are not found (404). */
export async function lockPayment(
  work: UnitOfWork,
  paymentId: number,
): Promise<{ account: Account; payment: CreditItem & { method: PaymentMethod } }> {
  const known = await findCreditItem(work.tx, paymentId)
  if (!known) throw notFound('payment', paymentId)
  const account = await lockAccount(work, known.customerId)
  const payment = await findCreditItem(work.tx, paymentId)
  if (!payment || payment.method === null || payment.entityId !== account.entityId) {
    throw notFound('payment', paymentId)
  }
  return { account, payment: { ...payment, method: payment.method } }
}

/** What an agency has collected is only corrected by what it reports. */
function refuseOfAgency({ id, method }: { readonly id: number; readonly method: PaymentMethod }) {
  if (method !== 'AGENCY') return
  throw badRequest('errormessage.account.paymentOfAgency', { args: [{ type: 'INTEGER', value: id }] })
}

export interface PaymentReversal {
  readonly paymentId: number
  /** Returned by the bank, charged back by the card scheme, or booked by mistake. */
  readonly kind: 'RETURN' | 'CHARGEBACK' | 'PAYMENT_CORRECTION'
  readonly description: string
  /** Why the money did not arrive; kept with the claims that are open again. */
  readonly rejection?: RejectionReason
}

export interface ReversedPayment {
  readonly entryId: number
  /** What is open again, by due date. */
  readonly claimIds: readonly number[]
}

/**
 * Takes a payment back, as far as it was not refunded: what it settled is open again, with the due date that it had. A
 * payment is taken back once (409).
 */
export async function reversePayment(work: UnitOfWork, reversal: PaymentReversal): Promise<ReversedPayment> {
  const { paymentId, kind, description, rejection } = reversal
  const { account, payment } = await lockPayment(work, paymentId)
  refuseOfAgency(payment)
  const rest = payment.amount - payment.reversed
  if (rest === 0n) throw conflict('errormessage.account.alreadyReversed')
  const { studioId, method, entryId: reversesEntryId } = payment
  const entry: NewEntry = { kind, studioId, description, key: `reversal:payment:${paymentId}`, reversesEntryId }
  const { entryId } = await beginEntry(work, account, entry)
  const opened = await undoAllocations(work, account, paymentId)
  if (rejection) await updateClaims(work.tx, opened, { latestRejectionReason: rejection }, work.now)
  await reverseItem(work.tx, paymentId, storeMinor(rest, account.currency), work.now)
  await writeLines(work, account, { entryId, entry }, [
    { role: 'RECEIVABLE', amount: rest, creditItemId: paymentId },
    { role: clearingRoles[method], amount: -rest, creditItemId: paymentId },
  ])
  await settleAccount(work, account)
  if (kind !== 'PAYMENT_CORRECTION') work.emit(paymentReturned({ ...about(account), content: { paymentId } }))
  const claimIds = (await listClaims(work.tx, opened)).map(({ id }) => id)
  return { entryId, claimIds }
}

/** Lets a payment settle other claims than it has: the named ones first. */
export async function reallocatePayment(work: UnitOfWork, paymentId: number, claimIds: readonly number[]) {
  const { account, payment } = await lockPayment(work, paymentId)
  refuseOfAgency(payment)
  await undoAllocations(work, account, paymentId)
  const named = await readNamedClaims(work, account, claimIds)
  await postClaims(
    work,
    account,
    named.filter(({ state }) => state === 'SCHEDULED'),
  )
  await settleAccount(work, account, new Set(named.map(({ id }) => id)))
  work.audit({ action: 'payment.reallocated', entityKind: 'payment', entityId: paymentId })
}
