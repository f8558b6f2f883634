import { calendarRoutes } from './calendar-routes.ts'
import type { Module } from '../module.ts'
import { calendarFeedRoutes } from './routes.ts'
import * as api from './api.ts'
import { calendarFeedsOfPerson } from './person-part.ts'

export { revokeFeed } from './feeds.ts'
export { listFeedsOfTenant } from './store.ts'

export const calendarFeedsModule: Module = {
  name: 'calendar-feeds',
  api: [api],
  personPart: calendarFeedsOfPerson,
  routes: calendarFeedRoutes,
  pages: calendarRoutes,
}
