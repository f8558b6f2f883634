import type { Module } from '../platform/module.ts'
import { listEvents } from './api.ts'
import { readFeed } from './feed.ts'
import { attemptsJob, purgeJob } from './jobs.ts'

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
export { webhookSinkRoutes } from './sink.ts'
export { sendTestEvent } from './test-calls.ts'
export { WebhookWorker } from './worker.ts'

export const webhooksModule: Module = {
  name: 'webhooks',
  routes: (operations) => operations.read(listEvents, readFeed),
  jobs: [attemptsJob, purgeJob],
}
