import type { DueJob, JobDeps } from '../../platform/jobs/job.ts'
import { earlierDate, isAfter } from '../../platform/time/order.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { finishChange } from '../changing/finish-change.ts'
import { loadContractForChange } from '../changing/loading.ts'
import { contractEnded, contractExtended, contractUpdated, moduleUpdated } from '../events.ts'
import { endLongPauses } from '../idle-periods/long-pauses.ts'
import { followCancelation } from '../idle-periods/settle-idle.ts'
import { findNextChangeAt, listDueContracts, markEndedModules } from './clock-store.ts'
import { followModules } from './module-followers.ts'
import { hasChangedBetween } from './price-change-rules.ts'

const BATCH = 100

/**
 * What time alone does to contracts, from the first moment of the studio's day on: terms are added after a deadline, later
 * rates begin, prices change, modules renew or end, contracts end. Each step is a unit of its own, dated on its own day, so
 * that a clock that is late takes the same steps as one that is not.
 */
export const contractClock: DueJob = {
  kind: 'DUE',
  name: 'contracts.advance',
  isDue: async ({ db, now }) => (await listDueContracts(db, now, 1)).length > 0,
  nextDue: ({ db }) => findNextChangeAt(db),
  run: advanceContracts,
}

/** Takes every step that is due at `now`, the oldest first. */
async function advanceContracts(run: RunUnit, now: Temporal.Instant, { read }: JobDeps) {
  for (;;) {
    const due = await read((db) => listDueContracts(db, now, BATCH))
    for (const step of due) await run((work) => takeStep(work, step))
    if (due.length === 0) return
  }
}

/** The contract is read again under its lock: another process may have taken the step meanwhile. */
async function takeStep(
  work: UnitOfWork,
  {
    contractId,
    customerId,
    day,
  }: { readonly contractId: number; readonly customerId: number; readonly day: Temporal.PlainDate },
) {
  const before = await loadContractForChange(work, { customerId, contractId })
  if (!before.row.nextChangeOn?.equals(day)) return
  await endLongPauses(work, before, day)
  await followCancelation(work, { contract: before, today: day.subtract({ days: 1 }) }, day)
  const followers = await followModules(work, before, day)
  await markEndedModules(work.tx, contractId, day, work.now)
  const { contract, timeline, hasMoved, movedModules } = await finishChange(work, {
    contractId,
    action: 'contract.advanced',
    effectiveFrom: earlierDate(before.row.committedEnd, day),
    today: day,
  })
  const about = { entityId: customerId, customerId, audienceStudioIds: [contract.homeStudioId] }
  const isOver = timeline.finalEnd !== undefined && isAfter(day, timeline.finalEnd)
  const isExtended = timeline.index > before.row.extensionIndex
  const isNews = isOver || isExtended || followers.length > 0 || hasChangedBetween(before, day)
  if (isNews && !hasMoved) work.emit(contractUpdated({ ...about, content: { contractId } }))
  for (const moduleContractId of movedModules) {
    work.emit(moduleUpdated({ ...about, content: { contractId, moduleContractId } }))
  }
  for (const event of followers) work.emit(event)
  if (isExtended) work.emit(contractExtended({ ...about, content: { contractId } }))
  if (isOver) work.emit(contractEnded({ ...about, content: { contractId } }))
}
