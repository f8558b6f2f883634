import type { Module } from '../module.ts'
import * as api from './api.ts'
import * as events from './events.ts'
import { contractJobs } from './jobs.ts'
import { contractsOfPerson } from './person-part.ts'
import * as readingApi from './reading/reading-api.ts'
import { contractRoutes } from './routes.ts'

export { readAccessContracts } from './access-facts.ts'
export { membershipParts, readMembershipFacts } from './booking-facts-store.ts'
export { followToStudio } from './studio-switch.ts'

export const contractsModule: Module = {
  name: 'contracts',
  api: [api, readingApi],
  events: [events],
  routes: contractRoutes,
  jobs: contractJobs,
  personPart: contractsOfPerson,
}
