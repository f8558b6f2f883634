import type { Job } from '../platform/jobs/job.ts'
import { holdRetention } from './hold-jobs.ts'

/** What runs by itself for appointments. */
export const appointmentJobs: readonly Job[] = [holdRetention]
