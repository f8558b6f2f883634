import { formatActor } from '../../platform/units/caller.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { refreshBalances } from '../account-store.ts'
import { settleAccount } from '../allocation/allocation.ts'
import { debtClaimPosted } from '../events.ts'
import { type BilledCustomers, accountHooks } from '../hooks.ts'
import { openBookingDay } from '../journal/journal-store.ts'
import { finishItems } from './billing-run-store.ts'
import { listWithCredit, lockAccountRows, type PostedClaim, postDueClaims } from './posting-store.ts'

/**
 * Books everything that is due for customers of a run, lets their credit settle it, and marks their items as done.
 * Answers how many charges differed from what the contracts want. What was booked in the meantime is no longer waiting,
 * so that it is not booked twice.
 */
export async function bookCustomers(work: UnitOfWork, billed: BilledCustomers, runId: number): Promise<number> {
  const { studioId, customerIds, runDate } = billed
  const drifted = await accountHooks().repairCharges(work, billed)
  await lockAccountRows(work.tx, customerIds)
  const day = await openBookingDay(work.tx, studioId, work.now, runDate)
  if (!day) throw new Error(`There is no studio ${studioId}.`)
  const actor = formatActor(work.caller.actor)
  const due = { studioId, customerIds, dueBy: runDate, bookingDate: day.bookingDate, actor }
  const posted = await postDueClaims(work.tx, due, work.now)
  if (posted.length > 0) await settle(work, customerIds)
  for (const claim of posted) announce(work, claim, studioId)
  await finishItems(work.tx, runId, customerIds)
  return drifted
}

async function settle(work: UnitOfWork, customerIds: readonly number[]) {
  for (const account of await listWithCredit(work.tx, customerIds)) await settleAccount(work, account)
  await refreshBalances(work.tx, customerIds, work.now)
}

function announce(work: UnitOfWork, { claimId, entryId, kind, amount, ...account }: PostedClaim, studioId: number) {
  const diff = { kind: [null, kind], amount: [null, amount] } as const
  work.audit({ action: 'journal.booked', entityKind: 'journalEntry', entityId: entryId, studioId, diff })
  const { customerId, homeStudioId } = account
  const about = { entityId: customerId, customerId, audienceStudioIds: [homeStudioId] }
  work.emit(debtClaimPosted({ ...about, content: { debtClaimId: claimId } }))
}
