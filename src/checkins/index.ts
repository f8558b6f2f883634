import type { Module } from '../platform/module.ts'
import { automaticCheckout } from './automatic-checkout.ts'
import { observeOpenVisits } from './open-visits.ts'
import { checkinRoutes } from './routes.ts'

export { accessRefusal, type AccessQuestion, decideAccess, decideEntrance } from './access.ts'
export { type PlainFacts, plainParts, type PlainRow, readPlainFacts } from './access-store.ts'
export { correctVisit, type VisitCorrection } from './corrections.ts'
export type { EntranceRules } from './access-facts.ts'
export type { AccessGround, AccessRefusal, AccessVerdict } from './access-rules.ts'
export { visitsOfPerson } from './person-part.ts'
export { type CheckinHooks, fillCheckinHooks } from './hooks.ts'
export { listOpenVisitors } from './store.ts'
export { setVisitSettings, type VisitSettings } from './visit-settings.ts'
export {
  checkIn,
  type CheckInRequest,
  type CheckInResult,
  checkOut,
  type CheckOutRequest,
  type ToggleResult,
  toggleVisit,
} from './visits.ts'

export const checkinsModule: Module = {
  name: 'checkins',
  routes: checkinRoutes,
  jobs: [automaticCheckout],
  gauges: observeOpenVisits,
}
