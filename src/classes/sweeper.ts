import type { DueJob } from '../platform/jobs/job.ts'
import type { RunUnit, UnitOfWork } from '../platform/work.ts'
import { findNextDue, listDueTargets, listPendingDrains, listStuckQueues } from './due-store.ts'
import { bookingHooks } from './hooks.ts'
import { mustPromote } from './promotion-rules.ts'
import { openSlot } from './settling.ts'
import { freeSeats } from './slot-store.ts'
import { drainSlot, settleTarget } from './upkeep.ts'

const ASK_AGAIN_MINUTES = 10

/** When the waiting lists of a tenant were last asked again; forgetting it only asks once more. */
const askedAt = new Map<number, Temporal.Instant>()

/**
 * Stores what time brings about on bookings, so that events go out and seats move without anybody looking: reads and
 * writes do not depend on it.
 */
export const bookingSweeper: DueJob = {
  kind: 'DUE',
  name: 'bookings.sweep',
  nextDue: ({ db, now }) => findNextDue(db, now),
  async run(run, now) {
    const { targets, stuck } = await run(async (work) => ({
      targets: await listDueTargets(work.db, now),
      stuck: isTimeToAsk(work.caller.tenantId, now) ? await listStuckQueues(work.db, now) : [],
    }))
    const settled = targets.filter(({ kind }) => kind === 'CLASS' || bookingHooks().settleAppointment !== undefined)
    const failures = await tryAll(settled, (target) => run((work) => settleTarget(work, target)))
    const drains = await run((work) => listPendingDrains(work.db))
    failures.push(...(await tryAll(drains, (id) => drainSlot(run, id))))
    failures.push(...(await tryAll(stuck, (id) => askAgain(run, id))))
    if (failures.length > 0) throw new AggregateError(failures, 'Some bookings could not be brought up to date.')
  },
}

/** One slot that fails must not keep the others waiting. */
async function tryAll<T>(all: readonly T[], step: (one: T) => Promise<void>): Promise<unknown[]> {
  const failures: unknown[] = []
  for (const one of all) await step(one).catch((error: unknown) => void failures.push(error))
  return failures
}

function isTimeToAsk(tenantId: number, now: Temporal.Instant): boolean {
  const last = askedAt.get(tenantId)
  if (last && Math.abs(now.since(last).total('minutes')) < ASK_AGAIN_MINUTES) return false
  askedAt.set(tenantId, now)
  return true
}

/** Somebody whom no seat could be given may meanwhile have the contingent or the time for it. */
async function askAgain(run: RunUnit, classSlotId: number) {
  await run((work) => raiseFlag(work, classSlotId))
  await drainSlot(run, classSlotId)
}

async function raiseFlag(work: UnitOfWork, classSlotId: number) {
  const facts = await openSlot(work, classSlotId)
  if (!facts || facts.row.promotionPending) return
  const cutoff = { term: facts.promotionCutoff, zone: facts.studio.zone }
  if (mustPromote(facts.slot, cutoff, work.now)) {
    await freeSeats(work.tx, classSlotId, { seats: 0, waiting: 0, promote: true })
  }
}
