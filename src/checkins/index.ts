import type { Module } from '../platform/module.ts'
import { checkinRoutes } from './routes.ts'

export const checkinsModule: Module = { name: 'checkins', routes: checkinRoutes }
