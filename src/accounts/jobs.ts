import type { DailyJob, Job } from '../platform/jobs/job.ts'
import { isAfter } from '../platform/time/order.ts'
import { billing, repeatedBilling } from './billing/billing-jobs.ts'
import { firstOpenDay } from './billing/billing-run-store.ts'
import { dunning } from './dunning/dunning-jobs.ts'
import { closeDays } from './journal/day-close.ts'
import { retaxing } from './legal-entities/retaxing.ts'

/** Closes the booking days that are over. A day stays open until the run of the following night has booked what was due. */
const dayClose: DailyJob = {
  kind: 'DAILY',
  name: 'accounts.closeDays',
  at: Temporal.PlainTime.from('03:30'),
  async run(work, { id }, date) {
    const unbilled = await firstOpenDay(work.tx, id)
    const billed = unbilled && !isAfter(unbilled, date) ? unbilled.subtract({ days: 1 }) : date
    await closeDays(work, id, billed.subtract({ days: 1 }))
  },
}

/** In the order of the night: those that are due at the same moment run in it. */
export const accountJobs: readonly Job[] = [billing, dunning, dayClose, repeatedBilling, retaxing]
