import { badRequest, notFound } from '../platform/errors/errors.ts'
import { isAfter } from '../platform/time/order.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { split } from '../platform/values/money.ts'
import { type Account, lockAccount } from './account-lock.ts'
import { settleAccount, storeAllocations } from './allocation/allocation.ts'
import { storeMinor, sum } from './amounts.ts'
import { announceClaim } from './charge.ts'
import { type Claim, insertClaim, listClaims, updateClaims } from './claim-store.ts'
import { insertCreditItem } from './credits/credit-item-store.ts'
import { beginEntry, type NewEntry, writeLines } from './journal/journal.ts'
import { refuseInFlight } from './refusals.ts'

export interface InstallmentPlan {
  readonly customerId: number
  /** Charges of the customer with something open. */
  readonly claimIds: readonly number[]
  /** One for each part. */
  readonly dueDates: readonly Temporal.PlainDate[]
  readonly description: string
  readonly journalKey: string
}

/**
 * Replaces what is open of charges by parts, and answers them. They add up to it exactly; spare cents go to the
 * first ones. The charges are settled, and the balance stays as it is. Refuses charges with nothing to pay (400), and those that a
 * payment run collects just now (409).
 */
export async function planInstallments(work: UnitOfWork, plan: InstallmentPlan): Promise<number[]> {
  const account = await lockAccount(work, plan.customerId)
  const claims = await readClaims(work, account, plan.claimIds)
  const [first] = claims
  if (!first) throw notFound('debtClaim', plan.claimIds[0] ?? 0)
  const { studioId } = first
  const { customerId, entityId, currency } = account
  const total = sum(claims.map(({ openAmount }) => openAmount))
  const { description } = plan
  const entry: NewEntry = { kind: 'INSTALLMENT_PLAN', studioId, description, key: `installments:${plan.journalKey}` }
  const { entryId, today } = await beginEntry(work, account, entry)
  const item = {
    customerId,
    entityId,
    studioId,
    currency,
    entryId,
    valueDate: today,
    kind: 'INSTALLMENT_TRANSFER',
  } as const
  const id = await insertCreditItem(work.tx, { ...item, amount: storeMinor(total, currency) }, work.now)
  const dates = plan.dueDates.toSorted((a, b) => (isAfter(a, b) ? 1 : -1))
  const amounts = split(
    { minor: total, currency },
    dates.map(() => 1n),
  ).map(({ minor }) => minor)
  const parts = await addParts(work, account, { plan, entryId, studioId, amounts, dates })
  await writeLines(work, account, { entryId, entry }, [
    ...parts.map((claimId, n) => ({ role: 'RECEIVABLE' as const, amount: amounts[n] ?? 0n, claimId })),
    { role: 'RECEIVABLE', amount: -total, creditItemId: id },
  ])
  const moved = claims.map((claim) => ({
    claimId: claim.id,
    credit: { kind: 'ITEM' as const, id },
    amount: claim.openAmount,
  }))
  await storeAllocations(work, account, moved)
  const movedIds = claims.map((claim) => claim.id)
  await updateClaims(work.tx, movedIds, { inInstallmentPlan: true }, work.now)
  await settleAccount(work, account)
  return parts
}

async function readClaims(work: UnitOfWork, account: Account, claimIds: readonly number[]): Promise<Claim[]> {
  const claims = await listClaims(work.tx, claimIds)
  for (const claimId of claimIds) {
    const claim = claims.find(({ id }) => id === claimId)
    if (claim?.customerId !== account.customerId || claim.entityId !== account.entityId) {
      throw notFound('debtClaim', claimId)
    }
    if (claim.state !== 'POSTED' || claim.openAmount <= 0n || claim.collectionState !== 'NONE') {
      throw badRequest('errormessage.account.claimNotPayable', { args: [{ type: 'INTEGER', value: claimId }] })
    }
    refuseInFlight(claim)
  }
  return claims
}

interface Parts {
  readonly plan: InstallmentPlan
  readonly entryId: number
  readonly studioId: number
  readonly amounts: readonly bigint[]
  readonly dates: readonly Temporal.PlainDate[]
}

/** The tax was booked with the charges; a part has none of its own. */
async function addParts(work: UnitOfWork, account: Account, { plan, entryId, studioId, amounts, dates }: Parts) {
  const { customerId, entityId, currency } = account
  const ids: number[] = []
  for (const [n, dueDate] of dates.entries()) {
    const amount = storeMinor(amounts[n] ?? 0n, currency)
    const claim = { entityId, studioId, customerId, currency, dueDate, amount, net: amount, tax: '0' }
    const shown = { kind: 'DEBT_CLAIM', chargeType: 'INSTALLMENT', description: plan.description } as const
    const claimId = await insertClaim(work.tx, { ...claim, ...shown }, work.now)
    await updateClaims(work.tx, [claimId], { state: 'POSTED', postedEntryId: entryId }, work.now)
    announceClaim(work, account, claimId)
    ids.push(claimId)
  }
  return ids
}
