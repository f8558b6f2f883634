import type { Job } from '../platform/jobs/job.ts'
import { captureJob } from './captures.ts'
import { openRuns, runBooking, runDrafting } from './runs/run-jobs.ts'
import { endingJob } from './sessions/endings.ts'
import { disputeJob } from './sandbox/disputes.ts'
import { checkJob, eventRetention } from './stripe/stripe-jobs.ts'

/** What runs by itself for payments; runs are booked before others are drafted. */
export const paymentJobs: readonly Job[] = [
  runBooking,
  runDrafting,
  openRuns,
  captureJob,
  endingJob,
  disputeJob,
  checkJob,
  eventRetention,
]
