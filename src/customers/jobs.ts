import type { Job } from '../platform/jobs/job.ts'
import { accessCodeRetention } from './access/access-code-jobs.ts'
import { accessLogRetention } from './reading/access-log-jobs.ts'
import { statusAnnouncements } from './statuses.ts'

/** What runs by itself for customers. */
export const customerJobs: readonly Job[] = [statusAnnouncements, accessLogRetention, accessCodeRetention]
