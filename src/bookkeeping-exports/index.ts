import type { Module } from '../module.ts'
import * as api from './api.ts'
import * as events from './events.ts'
import { exportJobs } from './jobs.ts'
import { exportRoutes } from './routes.ts'
import { exportStaff } from './staff-routes.ts'

export { checkExports } from './export-check-store.ts'
export { takeExportFile } from './exports.ts'

export const bookkeepingExportsModule: Module = {
  name: 'bookkeeping-exports',
  api: [api],
  events: [events],
  routes: exportRoutes,
  staff: exportStaff,
  jobs: exportJobs,
}
