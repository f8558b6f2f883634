import type { UnitOfWork } from '../../platform/units/work.ts'
import { requireCurrency } from '../../platform/values/money.ts'
import { lockAccount } from '../account-lock.ts'
import { settleAccount, storeAllocations } from '../allocation/allocation.ts'
import { least } from '../amounts.ts'
import { listWithCredit, lockAccountRows } from '../billing/posting-store.ts'
import { listClaims, updateClaims } from '../claim-store.ts'
import { announcePayment, addPayment, type Payment } from '../pay.ts'
import type { RejectionReason } from '../rejection-reasons.ts'
import { releaseInFlight } from './in-flight-store.ts'

/** So much of a claim was collected; minor units. */
export interface CollectedPart {
  readonly claimId: number
  readonly amount: bigint
}

/** Money that an item of a payment run has collected for claims. */
export interface Collection extends Omit<Payment, 'claimIds'> {
  readonly itemId: number
  readonly parts: readonly CollectedPart[]
}

/**
 * Books what an item has collected and answers the payment. It settles the claims that it was collected for, so that a
 * return opens these again; what is left settles others. An item is booked once: its caller holds it.
 */
export async function bookCollection(work: UnitOfWork, { itemId, parts, ...payment }: Collection): Promise<number> {
  const account = await lockAccount(work, payment.customerId)
  requireCurrency(payment.amount.currency, account.currency, 'amount')
  const paymentId = await addPayment(work, account, payment)
  await releaseInFlight(work.tx, [itemId], work.now)
  const claims = await listClaims(
    work.tx,
    parts.map(({ claimId }) => claimId),
  )
  const planned = claims.flatMap(({ id: claimId, state, collectionState, openAmount }) => {
    const part = parts.find((each) => each.claimId === claimId)?.amount ?? 0n
    const amount = state === 'POSTED' && collectionState === 'NONE' ? least(part, openAmount) : 0n
    return amount > 0n ? [{ claimId, credit: { kind: 'ITEM' as const, id: paymentId }, amount }] : []
  })
  await storeAllocations(work, account, planned)
  await settleAccount(work, account)
  announcePayment(work, account, paymentId)
  return paymentId
}

/** The money of an item did not come: its claims can be paid in other ways again, and say why. */
export async function rejectCollection(
  work: UnitOfWork,
  {
    itemId,
    customerId,
    reason,
  }: { readonly itemId: number; readonly customerId: number; readonly reason: RejectionReason },
) {
  const account = await lockAccount(work, customerId)
  const claimIds = await releaseInFlight(work.tx, [itemId], work.now)
  await updateClaims(work.tx, claimIds, { latestRejectionReason: reason }, work.now)
  await settleAccount(work, account)
}

/** Items are not collected after all: their claims can be paid in other ways again, and credit settles them. */
export async function releaseCollections(
  work: UnitOfWork,
  { itemIds, customerIds }: { readonly itemIds: readonly number[]; readonly customerIds: readonly number[] },
) {
  await lockAccountRows(work.tx, customerIds)
  await releaseInFlight(work.tx, itemIds, work.now)
  for (const account of await listWithCredit(work.tx, customerIds)) await settleAccount(work, account)
}

/** Notes why claims could not be collected. */
export async function recordRejection(work: UnitOfWork, claimIds: readonly number[], reason: RejectionReason) {
  await updateClaims(work.tx, claimIds, { latestRejectionReason: reason }, work.now)
}
