import type { Module } from '../platform/module.ts'
import { observeOpenVisits } from './open-visits.ts'
import { checkinRoutes } from './routes.ts'

export { accessRefusal, type AccessQuestion, decideAccess, decideEntrance } from './access.ts'
export type { EntranceRules } from './access-facts.ts'
export type { AccessGround, AccessRefusal, AccessVerdict } from './access-rules.ts'
export { type CheckinHooks, fillCheckinHooks } from './hooks.ts'
export {
  checkIn,
  type CheckInRequest,
  type CheckInResult,
  checkOut,
  type CheckOutRequest,
  type ToggleResult,
  toggleVisit,
} from './visits.ts'

export const checkinsModule: Module = { name: 'checkins', routes: checkinRoutes, gauges: observeOpenVisits }
