import type { Module } from '../module.ts'
import { selfServiceRoutes } from './routes.ts'
import * as api from './api.ts'
import * as paymentApi from './payment-api.ts'
import { paymentDataRoutes } from './payment-routes.ts'
import { amendmentsOfPerson } from './person-part.ts'

export {
  acceptAmendment,
  configureAmendments,
  followToStudio as moveAmendments,
  listAmendmentConfig,
  listAmendments,
  rejectAmendment,
} from './amendment-decisions.ts'

export { supersedePaymentData } from './amendments.ts'
export { replaceAddress } from './staff-changes.ts'

export const selfServiceModule: Module = {
  name: 'self-service',
  api: [api, paymentApi],
  personPart: amendmentsOfPerson,
  routes: (operations, deps) => {
    selfServiceRoutes(operations, deps)
    paymentDataRoutes(operations, deps)
  },
}
