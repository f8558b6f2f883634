import type { DueJob } from '../platform/jobs/job.ts'
import { tryAll } from '../platform/jobs/try-all.ts'
import { findNextDue, listDueTargets } from './due-store.ts'
import { settleTarget } from './settling.ts'

/**
 * Stores what time brings about on bookings, so that events go out and seats move without a request: reads and
 * writes do not depend on it.
 */
export const bookingSweeper: DueJob = {
  kind: 'DUE',
  name: 'bookings.sweep',
  isDue: async ({ db, now }) => (await listDueTargets(db, now)).length > 0,
  nextDue: ({ db, now }) => findNextDue(db, now),
  async run(run, now, { read }) {
    const targets = await read((db) => listDueTargets(db, now))
    await tryAll(targets, (target) => run((work) => settleTarget(work, target)), 'Some bookings could not be settled.')
  },
}
