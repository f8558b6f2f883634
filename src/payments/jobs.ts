import type { Job } from '../platform/jobs/job.ts'
import { captureJob } from './captures.ts'

/** What runs by itself for payments. */
export const paymentJobs: readonly Job[] = [captureJob]
