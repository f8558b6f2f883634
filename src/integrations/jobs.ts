import type { Job } from '../platform/jobs/job.ts'
import { revealRetention } from './reveal-jobs.ts'

/** What runs by itself for integrations. */
export const integrationJobs: readonly Job[] = [revealRetention]
