import type { Job } from '../platform/jobs/job.ts'
import { decisionLogRetention } from './log-jobs.ts'
import { purchaseSweeper } from './purchase-jobs.ts'

/** What runs by itself for devices. */
export const deviceJobs: readonly Job[] = [decisionLogRetention, purchaseSweeper]
