import type { UnitOfWork } from '../../platform/units/work.ts'
import type { Account } from '../account-lock.ts'
import { settleAccount } from '../allocation/allocation.ts'
import {
  type ClaimMarks,
  type CollectionChange,
  changeCollectionRow,
  hasOpenClaim,
  markClaimRows,
} from './agency-store.ts'
import { defined } from '../../platform/values/defined.ts'

/**
 * Notes on claims how their collection stands. Claims that come back from an agency are settled by credit of the account
 * at once. The account is locked.
 */
export async function markClaims(work: UnitOfWork, account: Account, claimIds: readonly number[], marks: ClaimMarks) {
  await markClaimRows(work.tx, claimIds, marks, work.now)
  if (marks.collectionState === 'NONE') await settleAccount(work, account)
}

/** Where the collection from a customer stands after a change. */
export interface CollectionStanding {
  readonly isCollected: boolean
  readonly openCases: number
}

/** Changes whether an agency collects from a customer. A hold ends by itself when nothing is open. */
export async function changeCollection(
  work: UnitOfWork,
  account: Account,
  change: CollectionChange,
): Promise<CollectionStanding> {
  const hold = change.hold === true ? await hasOpenClaim(work.tx, account) : change.hold
  const row = await changeCollectionRow(work.tx, account, { ...change, ...defined({ hold }) }, work.now)
  return { isCollected: row.openCases > 0 || row.collectionHold, openCases: row.openCases }
}
