import type { Job } from '../platform/jobs/job.ts'
import { holdRetention } from './holds/hold-jobs.ts'

/** What runs by itself for appointments. */
export const appointmentJobs: readonly Job[] = [holdRetention]
