import type { DailyJob, DueJob } from '../../platform/jobs/job.ts'
import { extendSeries, replanSeries } from './series-planning.ts'
import { listUnplannedSeries } from '../slot-planning/slot-plan-store.ts'

/** Every day the slots of all series reach one day further. */
export const seriesExtension: DailyJob = {
  kind: 'DAILY',
  name: 'classes.extendSeries',
  at: Temporal.PlainTime.from('03:30'),
  run: extendSeries,
}

/** Series whose planning a crash has cut short. */
export const seriesFinishing: DueJob = {
  kind: 'DUE',
  name: 'classes.finishSeries',
  isDue: async ({ db }) => (await listUnplannedSeries(db)).length > 0,
  nextDue: () => Promise.resolve(undefined),
  async run(run, _now, { read }) {
    for (const seriesId of await read(listUnplannedSeries)) await replanSeries(run, seriesId)
  },
}
