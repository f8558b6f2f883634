import type { Job } from '../platform/jobs/job.ts'
import { automaticCheckout } from './automatic-checkout.ts'

/** What runs by itself for check-ins. */
export const checkinJobs: readonly Job[] = [automaticCheckout]
