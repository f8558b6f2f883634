import type { Job } from '../platform/jobs/job.ts'
import { bookingSweeper } from './booking-jobs.ts'

/** What runs by itself for bookings. */
export const bookingJobs: readonly Job[] = [bookingSweeper]
