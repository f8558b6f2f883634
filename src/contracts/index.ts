import type { Module } from '../module.ts'
import * as api from './api.ts'
import * as canceling from './canceling/api.ts'
import { cancelationStaff } from './canceling/staff-routes.ts'
import { detailStaff } from './details/staff-routes.ts'
import { documentWorker } from './document/document-worker.ts'
import * as events from './events.ts'
import { contractJobs } from './jobs.ts'
import * as idleConfig from './idle-config/api.ts'
import * as idlePeriods from './idle-periods/api.ts'
import { idlePeriodStaff } from './idle-periods/staff-routes.ts'
import { inspectionStaff } from './inspecting/staff-routes.ts'
import * as moduleCanceling from './module-canceling/api.ts'
import { moduleCancelationStaff } from './module-canceling/staff-routes.ts'
import * as moduleSales from './module-sales/api.ts'
import { moduleSaleStaff } from './module-sales/staff-routes.ts'
import { signingStaff } from './signing/staff-routes.ts'
import * as switching from './switching/api.ts'
import { switchingStaff } from './switching/staff-routes.ts'
import { contractsOfPerson } from './person-part.ts'
import * as readingApi from './reading/reading-api.ts'
import { contractRoutes } from './routes.ts'
import * as voiding from './voiding/api.ts'
import { voidingStaff } from './voiding/staff-routes.ts'

export { readAccessContracts } from './access-facts.ts'
export { membershipParts, readMembershipFacts } from './booking-facts-store.ts'
export { takeDocument } from './document/take-document.ts'
export { listSoldTerms } from './sold-term-store.ts'
export { type ContractHooks, fillContractHooks } from './hooks.ts'
export { checkCharges } from './changing/charge-check.ts'
export { repairCharges } from './changing/repair.ts'
export { followToStudio } from './studio-switch.ts'

export const contractsModule: Module = {
  name: 'contracts',
  api: [api, readingApi, canceling, idleConfig, idlePeriods, moduleCanceling, moduleSales, switching, voiding],
  events: [events],
  routes: contractRoutes,
  staff: (operations) => {
    cancelationStaff(operations)
    moduleCancelationStaff(operations)
    idlePeriodStaff(operations)
    voidingStaff(operations)
    inspectionStaff(operations)
    detailStaff(operations)
    moduleSaleStaff(operations)
    signingStaff(operations)
    switchingStaff(operations)
  },
  openWorker: documentWorker,
  jobs: contractJobs,
  personPart: contractsOfPerson,
}
