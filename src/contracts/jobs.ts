import type { Job } from '../platform/jobs/job.ts'
import { contractClock } from './clock/contract-clock.ts'

/** What runs by itself for contracts. */
export const contractJobs: readonly Job[] = [contractClock]
