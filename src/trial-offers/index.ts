import type { Module } from '../platform/module.ts'
import { trialOfferRoutes } from './routes.ts'

export { listConfigs as listTrialOfferConfigs, type NewConfig, type Offered } from './config-store.ts'
export { assignTrialOffers, createTrialOfferConfig, updateTrialOfferConfig } from './configs.ts'
export { confirmTrialBooking } from './confirmations.ts'
export { findTrialFacts } from './trial-store.ts'

export const trialOffersModule: Module = { name: 'trial-offers', routes: trialOfferRoutes }
