import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { activations } from '../../../src/integrations/tables.ts'
import {
  type CheckedUrl,
  createEndpoint,
  type DeliveryRow,
  listDeliveries,
  type NewEndpoint,
} from '../../../src/webhooks/index.ts'
import { openTestApp, type TestApp, type TestAppOptions } from '../app.ts'
import type { TestStudio } from '../scenes/world.ts'
import { makeEvent } from '../made-event.ts'

/** One webhook call as a partner received it. */
export interface ReceivedCall {
  readonly headers: IncomingHttpHeaders
  readonly raw: string
  readonly body: { readonly entityId: number; readonly uuid: string; readonly payload: readonly { type: string }[] }
}

/** What a partner answers: a status, or nothing at all. */
type Behaviour = (call: ReceivedCall) => number | 'SILENCE' | Promise<number | 'SILENCE'>

export interface Receiver extends AsyncDisposable {
  readonly url: string
  readonly calls: ReceivedCall[]
  answer: Behaviour
  close(): Promise<void>
}

/** A partner's server on this machine that remembers every call. */
export async function openReceiver(answer: Behaviour = () => 204): Promise<Receiver> {
  const server = createServer((request, response) => {
    void request.toArray().then(async (chunks) => {
      const raw = chunks.join('')
      const call = { headers: request.headers, raw, body: JSON.parse(raw) }
      receiver.calls.push(call)
      const status = await receiver.answer(call)
      if (status !== 'SILENCE') response.writeHead(status, status === 302 ? { location: '/' } : {}).end('received')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const url = `http://127.0.0.1:${port}/hook`
  const receiver: Receiver = { url, calls: [], answer, close, [Symbol.asyncDispose]: close }
  return receiver
}

/** Registers an endpoint of the integration of `studio`. */
export function addEndpoint(
  app: TestApp,
  url: string,
  plan: Partial<NewEndpoint> = {},
  studio: TestStudio = app.berlin,
) {
  const { integrationId } = studio
  const endpoint = { integrationId, eventTypes: null, extendedPayload: false, ...plan, url: url as CheckedUrl }
  return app.write((work) => createEndpoint(work, endpoint, app.platform.secrets), studio)
}

/** As if the partner had confirmed the activation now. */
export function enableWebhooks(app: TestApp, studio: TestStudio = app.berlin) {
  return app.write(
    ({ tx, now }) =>
      tx.update(activations).set({ webhooksEnabledAt: now }).where(eq(activations.id, studio.activationId)),
    studio,
  )
}

/** Commits one event per entity, each in a unit of its own. */
export async function emitEvents(
  app: TestApp,
  entityIds: readonly number[],
  { type = 'CLASS_BOOKING_CREATED', studio = app.berlin }: { type?: 'CLASS_BOOKING_CREATED'; studio?: TestStudio } = {},
) {
  for (const entityId of entityIds) {
    await app.write(async (work) => {
      work.audit({ action: 'test.happened', entityKind: 'test', entityId })
      const content = { bookingId: entityId }
      work.emit(makeEvent(type, { entityId, audienceStudioIds: [studio.studioId], content }))
    }, studio)
  }
}

/** An application at 10:00 in Berlin that waits 300 ms for a partner's answer. */
export function openWebhookApp(options: TestAppOptions = {}): Promise<TestApp> {
  const environment = { PALESTRA_WEBHOOK_TIMEOUT_MS: '300' }
  return openTestApp({ environment, now: '2026-06-15T10:00:00+02:00', ...options })
}

/** Makes every call that is due. */
export function settle({ app, berlin }: TestApp) {
  return Promise.all(app.workers.map(async (worker) => worker.runUntilQuiet?.(berlin.tenantId)))
}

/** All deliveries, newest first. */
export function readDeliveries(app: TestApp): Promise<DeliveryRow[]> {
  return app.read(({ db }) => listDeliveries(db, {}, { limit: 1000 }))
}

export async function onlyDelivery(app: TestApp): Promise<DeliveryRow> {
  const [newest] = await readDeliveries(app)
  if (!newest) throw new Error('Nothing was to be delivered.')
  return newest
}

export async function deliveryStates(app: TestApp) {
  return (await readDeliveries(app)).map(({ state }) => state)
}
