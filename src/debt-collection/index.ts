import type { Module } from '../module.ts'
import * as api from './api.ts'
import * as events from './events.ts'
import { debtCollectionJobs } from './jobs.ts'
import { debtCollectionOfPerson } from './person-part.ts'
import { debtCollectionRoutes } from './routes.ts'
import { debtCollectionStaff } from './staff-routes.ts'

export { createAgencyContract } from './agencies/agency-contracts.ts'
export { blockForStudio } from './blocks/staff-blocks.ts'
export { closeForStudio } from './cases/staff-closures.ts'
export { checkCollection, type CollectionFault } from './cases/collection-check-store.ts'
export { prepareRun } from './runs/preparation.ts'
export { handOver, handOverDefaulter } from './runs/runs.ts'
export { confirmTransfer, withdrawRun } from './runs/transfers.ts'
export { updateDebtCollection } from './updates/updates.ts'

export const debtCollectionModule: Module = {
  name: 'debt-collection',
  api: [api],
  events: [events],
  routes: debtCollectionRoutes,
  staff: debtCollectionStaff,
  jobs: debtCollectionJobs,
  personPart: debtCollectionOfPerson,
}
