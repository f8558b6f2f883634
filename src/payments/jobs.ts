import type { Job } from '../platform/jobs/job.ts'
import { captureJob } from './captures.ts'
import { endingJob } from './sessions/endings.ts'
import { disputeJob } from './sandbox/disputes.ts'
import { checkJob, eventRetention } from './stripe/stripe-jobs.ts'

/** What runs by itself for payments. */
export const paymentJobs: readonly Job[] = [captureJob, endingJob, disputeJob, checkJob, eventRetention]
