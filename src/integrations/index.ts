import type { Module } from '../module.ts'
import { integrationJobs } from './jobs.ts'
import { revealRoutes } from './reveal-routes.ts'
import { integrationRoutes } from './routes.ts'
import * as api from './api.ts'

export {
  approveActivation,
  endActivation,
  requestActivation,
  resumeActivation,
  setActivationScopes,
  suspendActivation,
} from './activations.ts'
export { findIntegration, findPreviewShape, listActivations, listIntegrations } from './integration-store.ts'
export { createIntegration, updateIntegration } from './integrations.ts'
export { importKey, issueKey, listKeys, revealWebhookKey, revokeKey, rotateKey } from './keys.ts'
export { type RevealDeps, sendNewLink } from './reveals.ts'

export const integrationsModule: Module = {
  name: 'integrations',
  api: [api],
  routes: integrationRoutes,
  pages: revealRoutes,
  jobs: integrationJobs,
}
