import type { DailyJob, Job } from '../platform/jobs/job.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import { closeDays } from './journal/day-close.ts'

/** Closes the booking days that are over, yesterday's last. */
const dayClose: DailyJob = {
  kind: 'DAILY',
  name: 'accounts.closeDays',
  at: Temporal.PlainTime.from('03:30'),
  async run(work, { id, zone }) {
    await closeDays(work, id, dateIn(work.now, zone).subtract({ days: 1 }))
  },
}

export const accountJobs: readonly Job[] = [dayClose]
