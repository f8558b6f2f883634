import type { Module } from '../platform/module.ts'
import { privacyRoutes } from './routes.ts'

export { packPerson } from './data-export.ts'
export { eraseCustomer, listErasureBlockers } from './erasure.ts'
export { exportPerson } from './person-export.ts'
export { requestsOfPerson } from './person-part.ts'
export { fillPersonParts } from './person-parts.ts'
export { listOpenErasureRequests } from './privacy-request-store.ts'
export { refuseErasureRequest } from './privacy-requests.ts'

export const privacyModule: Module = { name: 'privacy', routes: privacyRoutes }
