import type { Job } from '../platform/jobs/job.ts'
import { attemptsJob, purgeJob } from './delivery-jobs.ts'

/** What runs by itself for webhooks. */
export const webhookJobs: readonly Job[] = [attemptsJob, purgeJob]
