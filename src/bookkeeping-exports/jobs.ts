import type { DueJob, Job } from '../platform/jobs/job.ts'
import { tryAll } from '../platform/jobs/try-all.ts'
import { listWaiting } from './export-store.ts'
import { writeExport } from './write-export.ts'

/** Writes exports whose days are closed. The close of a day is a moment of its own, so that this plans none. */
const exportWriter: DueJob = {
  kind: 'DUE',
  name: 'bookkeeping-exports.write',
  isDue: async ({ db }, { real }) => (await listWaiting(db, real.now())).length > 0,
  nextDue: async () => undefined,
  async run(run, _now, deps) {
    const waiting = await deps.read((db) => listWaiting(db, deps.real.now()))
    await tryAll(waiting, (each) => writeExport(run, each, deps), 'exports for the tax advisor failed')
  },
}

export const exportJobs: readonly Job[] = [exportWriter]
