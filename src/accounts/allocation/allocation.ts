import type { UnitOfWork } from '../../platform/units/work.ts'
import type { Account } from '../account-lock.ts'
import { refreshAccount } from '../account-store.ts'
import { type Allocation, namedFirst, type OpenCredit, planAllocations } from './allocation-rules.ts'
import { readMinor, storeMinor } from '../amounts.ts'
import { type Claim, listOpenClaims, refreshOpenAmounts, refreshRemaining } from '../claim-store.ts'
import { clearAfterCommit } from '../dunning/clearing.ts'
import { type CreditItem, insertAllocations, listAllocations, listCredits } from '../credits/credit-item-store.ts'

/** As much of an account as settling takes. */
export type Settled = Pick<Account, 'customerId' | 'entityId' | 'currency'>

const nothing: ReadonlySet<number> = new Set()

/**
 * Lets the credit of an account settle its open claims, claims that are named first, and stores the balance. Every
 * movement of the account ends with it, so that there is never credit beside a claim that it could settle. What an agency or
 * a payment run collects is left alone.
 */
export async function settleAccount(work: UnitOfWork, account: Settled, named: ReadonlySet<number> = nothing) {
  const [claims, items] = [await listOpenClaims(work.tx, account), await listCredits(work.tx, account)]
  const open = claims
    .filter((claim) => claim.openAmount > 0n && claim.collectionState === 'NONE' && claim.inFlightItemId === null)
    .map((claim) => ({ claimId: claim.id, open: claim.openAmount }))
  const planned = planAllocations(namedFirst(open, named), listSources(claims, items))
  await storeAllocations(work, account, planned)
  const { isDunned } = await refreshAccount(work.tx, account, '0', work.now)
  if (isDunned) clearAfterCommit(work, account.customerId)
}

/** All credit of an account, oldest first. */
export function listSources(claims: readonly Claim[], items: readonly CreditItem[]): OpenCredit[] {
  const notes = claims.filter(({ openAmount }) => openAmount < 0n)
  return [
    ...items.map(({ id, remaining }) => ({ kind: 'ITEM' as const, id, left: remaining })),
    ...notes.map((note) => ({
      kind: 'CLAIM' as const,
      id: note.id,
      left: -note.openAmount,
      ownClaimId: note.parentClaimId,
    })),
  ].toSorted((a, b) => a.id - b.id)
}

/** Stores what settles what, and what is left of both. */
export async function storeAllocations(work: UnitOfWork, account: Settled, planned: readonly Allocation[]) {
  if (planned.length === 0) return
  const { customerId, currency } = account
  await insertAllocations(
    work.tx,
    planned.map(({ claimId, credit, amount }) => ({
      customerId,
      claimId,
      ...(credit.kind === 'ITEM' ? { creditItemId: credit.id } : { creditClaimId: credit.id }),
      amount: storeMinor(amount, currency),
    })),
    work.now,
  )
  const used = (kind: OpenCredit['kind']) => planned.flatMap(({ credit }) => (credit.kind === kind ? [credit.id] : []))
  await refreshOpenAmounts(work.tx, [...planned.map(({ claimId }) => claimId), ...used('CLAIM')], work.now)
  await refreshRemaining(work.tx, used('ITEM'), work.now)
}

/** So much of what an allocation has settled, minor units. */
export interface UndonePart {
  readonly id: number
  readonly claimId: number
  readonly creditItemId: number
  readonly amount: bigint
}

/** Takes back parts of what credit items have settled: their claims are open again, and their amounts remain. */
export async function undoParts(work: UnitOfWork, account: Account, parts: readonly UndonePart[]) {
  const { customerId, currency } = account
  await insertAllocations(
    work.tx,
    parts.map(({ id, claimId, creditItemId, amount }) => ({
      customerId,
      claimId,
      creditItemId,
      amount: storeMinor(-amount, currency),
      undoesAllocationId: id,
    })),
    work.now,
  )
  const claimIds = parts.map(({ claimId }) => claimId)
  await refreshOpenAmounts(work.tx, [...new Set(claimIds)], work.now)
  const itemIds = parts.map(({ creditItemId }) => creditItemId)
  await refreshRemaining(work.tx, [...new Set(itemIds)], work.now)
}

/**
 * Takes back everything that a credit item has settled: its claims, which it answers, are open again, and its whole amount
 * remains.
 */
export async function undoAllocations(work: UnitOfWork, account: Account, creditItemId: number): Promise<number[]> {
  const made = await listAllocations(work.tx, creditItemId)
  await undoParts(
    work,
    account,
    made.map(({ id, claimId, left }) => ({ id, claimId, creditItemId, amount: readMinor(left, account.currency) })),
  )
  return made.map(({ claimId }) => claimId)
}
