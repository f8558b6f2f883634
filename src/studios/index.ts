import type { Module } from '../module.ts'
import * as events from './events.ts'
import { studioRoutes } from './routes.ts'
import * as api from './api.ts'
import { studioStaff } from './staff-routes.ts'

export { rotateAccessSecret } from './access-secret.ts'
export { fillStudioHooks } from './hooks.ts'
export { findCategoryTimes, listClosings } from './information-store.ts'
export { setStudioLogo } from './logos.ts'
export { type OpeningHoursSave, saveOpeningHours } from './opening-hours.ts'
export type { WeeklyRow } from './opening-rules.ts'
export { presentCategories, presentStudioBasics } from './present.ts'
export { findStudio, findTenant, listKnownStudioIds, listStudios, nextId, type StudioRow } from './store.ts'
export { createStudio, createTenant, updateStudio } from './studios.ts'
export { createTag, removeTag, setStudioTags } from './tags.ts'
export { type DayOfWeek, daysOfWeek, sortDays, weekdayNumber } from './weekday-rules.ts'

export const studiosModule: Module = {
  name: 'studios',
  events: [events],
  api: [api],
  routes: studioRoutes,
  staff: studioStaff,
}
