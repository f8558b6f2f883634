import type { Module } from '../module.ts'
import * as events from './events.ts'
import { privacyRoutes } from './routes.ts'
import * as api from './api.ts'
import { requestsOfPerson } from './person-part.ts'

export { packPerson } from './data-export.ts'
export { eraseCustomer, listErasureBlockers } from './erasure.ts'
export { exportPerson } from './person-export.ts'
export { fillPersonParts } from './person-parts.ts'
export { listOpenErasureRequests } from './privacy-request-store.ts'
export { refuseErasureRequest } from './privacy-requests.ts'

export const privacyModule: Module = {
  name: 'privacy',
  api: [api],
  events: [events],
  personPart: requestsOfPerson,
  routes: privacyRoutes,
}
