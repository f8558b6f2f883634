import type { Module } from '../module.ts'
import * as events from './events.ts'
import { checkinJobs } from './jobs.ts'
import { observeOpenVisits } from './open-visits.ts'
import { checkinRoutes } from './routes.ts'
import * as api from './api.ts'
import { visitsOfPerson } from './person-part.ts'

export type { EntranceRules } from './access-facts.ts'
export type { AccessRefusal } from './access-rules.ts'
export { type PlainFacts, plainParts, type PlainRow, readPlainFacts } from './access-store.ts'
export { accessCodes, accessRefusal, decideAccess, decideEntrance } from './access.ts'
export { correctVisit } from './corrections.ts'
export { fillCheckinHooks } from './hooks.ts'
export { listOpenVisitors } from './store.ts'
export { setVisitSettings, type VisitSettings } from './visit-settings.ts'
export { checkIn, type CheckInRequest, checkOut, type ToggleResult, toggleVisit } from './visits.ts'

export const checkinsModule: Module = {
  name: 'checkins',
  api: [api],
  events: [events],
  personPart: visitsOfPerson,
  routes: checkinRoutes,
  jobs: checkinJobs,
  gauges: observeOpenVisits,
}
