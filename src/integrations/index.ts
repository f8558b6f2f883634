import type { Module } from '../platform/module.ts'
import { revealRetention } from './reveal-retention.ts'
import { integrationRoutes } from './routes.ts'

export {
  approveActivation,
  endActivation,
  requestActivation,
  resumeActivation,
  setActivationScopes,
  suspendActivation,
} from './activations.ts'
export { findIntegration, listActivations, listIntegrations } from './integration-store.ts'
export { createIntegration, updateIntegration } from './integrations.ts'
export { importKey, issueKey, listKeys, revealWebhookKey, revokeKey, rotateKey } from './keys.ts'
export { revealRoutes } from './reveal-routes.ts'
export { type RevealDeps, sendNewLink } from './reveals.ts'

export const integrationsModule: Module = { name: 'integrations', routes: integrationRoutes, chores: [revealRetention] }
