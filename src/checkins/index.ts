import type { Module } from '../platform/module.ts'
import { observeOpenVisits } from './open-visits.ts'
import { checkinRoutes } from './routes.ts'

export const checkinsModule: Module = { name: 'checkins', routes: checkinRoutes, gauges: observeOpenVisits }
