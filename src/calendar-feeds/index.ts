import type { Module } from '../platform/module.ts'
import { calendarFeedRoutes } from './routes.ts'

export { calendarRoutes } from './calendar-routes.ts'
export { revokeFeed } from './feeds.ts'
export { calendarFeedsOfPerson } from './person-part.ts'
export { listFeedsOfTenant } from './store.ts'

export const calendarFeedsModule: Module = { name: 'calendar-feeds', routes: calendarFeedRoutes }
