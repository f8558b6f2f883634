import type { Module } from '../module.ts'
import { webhookJobs } from './jobs.ts'
import { listEvents } from './api.ts'
import { readFeed } from './feed.ts'
import { webhookSinkRoutes } from './sink.ts'
import { WebhookWorker } from './worker.ts'
import * as api from './api.ts'

export {
  type DeliveryFilter,
  type DeliveryRow,
  type DeliveryState,
  listAttempts,
  listDeliveries,
} from './delivery-store.ts'
export { listEndpoints, type NewEndpoint } from './endpoint-store.ts'
export {
  changeEndpoint,
  type CheckedUrl,
  checkEndpointUrl,
  createEndpoint,
  deleteEndpoint,
  pauseEndpoint,
  resumeEndpoint,
  revealSigningSecret,
  rotateSigningSecret,
} from './endpoints.ts'
export { cancelDelivery, countReplayable, replayDeliveries, replayDelivery } from './replays.ts'
export { newSigningSecret } from './signature.ts'
export { sendTestEvent } from './test-calls.ts'

export const webhooksModule: Module = {
  name: 'webhooks',
  api: [api],
  routes: (operations) => operations.read(listEvents, readFeed),
  pages: (server, { config }) => {
    if (config.demo) webhookSinkRoutes(server)
  },
  openWorker: (platform) => new WebhookWorker(platform),
  jobs: webhookJobs,
}
