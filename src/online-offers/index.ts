import type { Module } from '../module.ts'
import * as events from './events.ts'

export { findOffer, listOffers, type NewOffer, type OfferChanges } from './offer-store.ts'
export { createOnlineOffer, updateOnlineOffer } from './offers.ts'
export { listPasses, usablePass } from './pass-store.ts'
export { grantFreePass, setRemainingVisits, useVisitOfPass } from './passes.ts'
export type { PeriodOfUse } from './validity-rules.ts'

export const onlineOffersModule: Module = { name: 'online-offers', events: [events] }
