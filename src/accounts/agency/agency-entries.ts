import type { UnitOfWork } from '../../platform/units/work.ts'
import type { Account } from '../account-lock.ts'
import { undoParts } from '../allocation/allocation.ts'
import { least, storeMinor, sum } from '../amounts.ts'
import type { Claim } from '../claim-store.ts'
import { reverseItem } from '../credits/credit-item-store.ts'
import { beginEntry, type Line, type NewEntry, writeLines } from '../journal/journal.ts'
import type { LiveAllocation } from './agency-store.ts'

/** So much of a claim; minor units, above zero. */
export interface ClaimPart {
  readonly claim: Claim
  readonly amount: bigint
}

type EntryWish = Pick<NewEntry, 'kind' | 'key' | 'description' | 'studioId'>

/** Books an entry from its lines, and answers what was begun. */
export async function bookLines(work: UnitOfWork, account: Account, entry: EntryWish, lines: readonly Line[]) {
  const begun = await beginEntry(work, account, entry)
  await writeLines(work, account, { entryId: begun.entryId, entry }, lines)
  return begun
}

/**
 * Undoes allocations, the newest first, until `amount` is open again, and takes as much of their items back. Answers the lines
 * by which the customer owes it.
 */
export async function takeBack(
  work: UnitOfWork,
  account: Account,
  made: readonly LiveAllocation[],
  amount: bigint,
): Promise<readonly Line[]> {
  let missing = amount
  const taken = made.flatMap((allocation) => {
    const part = least(allocation.left, missing)
    missing -= part
    return part > 0n ? [{ ...allocation, left: part }] : []
  })
  if (missing > 0n) throw new Error(`No more than ${sum(made.map(({ left }) => left))} can be taken back.`)
  await undoParts(
    work,
    account,
    taken.map(({ left, ...allocation }) => ({ ...allocation, amount: left })),
  )
  for (const { creditItemId, left } of taken) {
    await reverseItem(work.tx, creditItemId, storeMinor(left, account.currency), work.now)
  }
  return taken.map(({ claimId, creditItemId, left }) => ({ role: 'RECEIVABLE', amount: left, claimId, creditItemId }))
}
