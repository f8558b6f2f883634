import type { Module } from '../module.ts'
import * as api from './api.ts'
import { membershipOfferRoutes } from './routes.ts'

export const membershipOffersModule: Module = { name: 'membership-offers', api: [api], routes: membershipOfferRoutes }
