import type { Job } from '../platform/jobs/job.ts'
import { seriesExtension, seriesFinishing } from './series/series-jobs.ts'
import { waitingListSweeper } from './waiting-list/waiting-list-jobs.ts'

/** What runs by itself for classes. */
export const classJobs: readonly Job[] = [waitingListSweeper, seriesExtension, seriesFinishing]
