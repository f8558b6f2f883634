import type { DueJob } from '../../platform/jobs/job.ts'
import type { RunUnit, UnitOfWork } from '../../platform/units/work.ts'
import { listPendingDrains, listStuckQueues } from '../due-store.ts'
import { tryAll } from '../../platform/jobs/try-all.ts'
import { mustPromote } from './promotion-rules.ts'
import { openSlot } from '../settling.ts'
import { freeSeats } from '../slot-store.ts'
import { drainSlot } from '../upkeep.ts'

const ASK_AGAIN_MINUTES = 10

/** When the waiting lists of a tenant were last asked again; forgetting it only asks once more. */
const askedAt = new Map<number, Temporal.Instant>()

/**
 * Goes on with waiting lists where a crash cut a drain short, and now and then asks those again who could not be given
 * a seat.
 */
export const waitingListSweeper: DueJob = {
  kind: 'DUE',
  name: 'classes.askWaitingLists',
  async isDue({ db, now }, { tenantId }) {
    const isTime = isTimeToAsk(tenantId, now)
    const [drains, stuck] = await Promise.all([listPendingDrains(db), isTime ? listStuckQueues(db, now) : []])
    if (isTime && stuck.length === 0) askedAt.set(tenantId, now)
    return drains.length > 0 || stuck.length > 0
  },
  nextDue: () => Promise.resolve(undefined),
  async run(run, now, { read, tenantId }) {
    const isTime = isTimeToAsk(tenantId, now)
    const stuck = isTime ? await read((db) => listStuckQueues(db, now)) : []
    const drains = await read(listPendingDrains)
    if (isTime) askedAt.set(tenantId, now)
    await tryAll(drains, (id) => drainSlot(run, id), 'Some waiting lists could not go on.')
    await tryAll(stuck, (id) => askAgain(run, id), 'Some waiting lists could not be asked again.')
  },
}

function isTimeToAsk(tenantId: number, now: Temporal.Instant): boolean {
  const last = askedAt.get(tenantId)
  return last === undefined || Math.abs(now.since(last).total('minutes')) >= ASK_AGAIN_MINUTES
}

/** A customer to whom no seat could be given may meanwhile have the contingent or the time for it. */
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
