import type { Job } from '../platform/jobs/job.ts'
import { bankFileJob } from './bank-files/bank-file-jobs.ts'
import { captureJob } from './captures.ts'
import { openRuns, runBooking, runDrafting } from './runs/run-jobs.ts'
import { endingJob } from './sessions/endings.ts'
import { disputeJob } from './sandbox/disputes.ts'
import { returnedDebitJob } from './sandbox/returned-debits.ts'
import { checkJob, eventRetention, followJob } from './stripe/stripe-jobs.ts'

/** What runs by itself for payments; runs are booked before others are drafted, and before what banks return of them. */
export const paymentJobs: readonly Job[] = [
  runBooking,
  runDrafting,
  openRuns,
  captureJob,
  endingJob,
  bankFileJob,
  disputeJob,
  returnedDebitJob,
  checkJob,
  followJob,
  eventRetention,
]
