import type { Module } from '../platform/module.ts'
import { revealRetention } from './reveal-retention.ts'
import { studioRoutes } from './routes.ts'

export { rotateAccessSecret } from './access-secret.ts'
export {
  type Approval,
  approveActivation,
  endActivation,
  requestActivation,
  resumeActivation,
  setActivationScopes,
  suspendActivation,
} from './activations.ts'
export { listClosings } from './information-store.ts'
export { findIntegration, listActivations, listIntegrations } from './integration-store.ts'
export { createIntegration, updateIntegration } from './integrations.ts'
export {
  type IssuedKey,
  importKey,
  issueKey,
  type KeyDeps,
  listKeys,
  revealWebhookKey,
  revokeKey,
  rotateKey,
} from './keys.ts'
export { setStudioLogo } from './logos.ts'
export { revealRoutes } from './reveal-routes.ts'
export { type RevealDeps, sendNewLink } from './reveals.ts'
export type { DateRange, WeeklyRow } from './opening-rules.ts'
export { type OpeningHoursSave, saveOpeningHours } from './opening-hours.ts'
export { findStudio, findTenant, listStudios, nextId, type StudioRow } from './store.ts'
export { createStudio, createTenant, updateStudio } from './studios.ts'
export { type DayOfWeek, weekdayNumber } from './weekday-rules.ts'
export { createTag, removeTag, setStudioTags } from './tags.ts'

export const studiosModule: Module = { name: 'studios', routes: studioRoutes, chores: [revealRetention] }
