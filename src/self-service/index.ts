import type { Module } from '../platform/module.ts'
import { selfServiceRoutes } from './routes.ts'

export {
  acceptAmendment,
  configureAmendments,
  followToStudio as moveAmendments,
  listAmendmentConfig,
  listAmendments,
  rejectAmendment,
} from './amendment-decisions.ts'
export { amendmentsOfPerson } from './person-part.ts'

export const selfServiceModule: Module = { name: 'self-service', routes: selfServiceRoutes }
