import type { Module } from '../module.ts'
import { selfServiceRoutes } from './routes.ts'
import * as api from './api.ts'
import * as paymentApi from './payment-api.ts'
import { paymentDataRoutes } from './payment-routes.ts'
import { amendmentsOfPerson } from './person-part.ts'
import { selfServiceStaff } from './staff-routes.ts'

export {
  acceptAmendment,
  configureAmendments,
  followToStudio as moveAmendments,
  listAmendmentConfig,
  listAmendments,
  rejectAmendment,
} from './amendment-decisions.ts'

export { supersedePaymentData } from './amendments.ts'

export const selfServiceModule: Module = {
  name: 'self-service',
  api: [api, paymentApi],
  personPart: amendmentsOfPerson,
  staff: selfServiceStaff,
  routes: (operations, deps) => {
    selfServiceRoutes(operations, deps)
    paymentDataRoutes(operations, deps)
  },
}
