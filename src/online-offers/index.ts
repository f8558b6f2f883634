import type { Module } from '../module.ts'
import * as api from './api.ts'
import * as events from './events.ts'
import { onlineOfferRoutes } from './routes.ts'
import { onlineOfferStaff } from './staff-routes.ts'

export { setOfferImage } from './images.ts'
export { findOffer, type NewOffer } from './offer-store.ts'
export { createOnlineOffer } from './offers.ts'
export { listPasses, usablePass } from './pass-store.ts'
export { grantFreePass, useVisitOfPass } from './passes.ts'
export type { PeriodOfUse } from './validity-rules.ts'

export const onlineOffersModule: Module = {
  name: 'online-offers',
  api: [api],
  events: [events],
  routes: onlineOfferRoutes,
  staff: onlineOfferStaff,
}
