import type { Module } from '../module.ts'
import { trialOfferRoutes } from './routes.ts'
import * as api from './api.ts'
import * as holdApi from './hold-api.ts'

export { listConfigs as listTrialOfferConfigs, type NewConfig, type Offered } from './config-store.ts'
export { assignTrialOffers, createTrialOfferConfig, updateTrialOfferConfig } from './configs.ts'
export { confirmTrialBooking } from './confirmations.ts'
export { readyTrialFacts } from './trial-store.ts'

export const trialOffersModule: Module = { name: 'trial-offers', api: [api, holdApi], routes: trialOfferRoutes }
