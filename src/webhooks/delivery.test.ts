import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import type { TestApp } from '../../test/support/app.ts'
import {
  addEndpoint,
  deliveryStates,
  emitEvents,
  enableWebhooks,
  onlyDelivery,
  openReceiver,
  openWebhookApp,
  settle,
} from '../../test/support/servers/receiver.ts'
import { issueKey, resumeActivation, suspendActivation } from '../integrations/index.ts'
import { claimDeliveries, holdEndpoint } from './dispatch-store.ts'
import { changeEndpoint, type CheckedUrl, revealSigningSecret } from './endpoints.ts'
import { listAttempts, listDeliveries } from './delivery-store.ts'
import { replayDelivery } from './replays.ts'
import { WebhookWorker } from './worker.ts'
import { webhookDeliveries } from './tables.ts'

/** Puts the frozen clock to another time of that day and does nothing else. */
const setClock = (app: TestApp, time: string) =>
  app.app.clocks.begin(app.berlin.tenantId, Temporal.Instant.from(`2026-06-15T${time}+02:00`))

test('a committed event reaches the partner signed, with its key and exactly the promised body', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver()
  await enableWebhooks(app)
  const { secrets, real } = app.platform
  const key = await app.write((work) =>
    issueKey(work, app.berlin.activationId, 'WEBHOOK', { secrets, realNow: real.now() }),
  )
  await addEndpoint(app, receiver.url)
  await emitEvents(app, [501])
  await settle(app)
  const [call] = receiver.calls
  assert.ok(call)
  const timestamp = Temporal.Instant.from('2026-06-15T10:00:00+02:00').epochMilliseconds
  const { uuid } = call.body
  assert.equal(
    call.raw,
    `{"entityId":501,"uuid":"${uuid}","payload":[{"timestamp":${timestamp},"type":"CLASS_BOOKING_CREATED","content":{"bookingId":501}}]}`,
  )
  assert.equal(call.headers['x-api-key'], key.key)
  assert.equal(call.headers['content-type'], 'application/json')
  assert.match(call.headers['user-agent'] ?? '', /^Palestra-Webhooks\/\d/)
  assert.match(String(call.headers['traceparent']), /^00-0{31}1-[0-9a-f]{16}-01$/)
  assert.equal(call.headers['webhook-id'], uuid)
  const secret = await app.write((work) => revealSigningSecret(work, app.berlin.integrationId, secrets))
  new Webhook(secret).verify(call.raw, call.headers as Record<string, string>)
  const delivery = await onlyDelivery(app)
  assert.equal(delivery.state, 'DELIVERED')
  const [attempt] = await app.read(({ db }) => listAttempts(db, delivery.id))
  assert.deepEqual([attempt?.no, attempt?.httpStatus, attempt?.error, attempt?.answer], [1, 204, null, null])
})

test('a failing partner is called four times as in the worked example, then again by a replay', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver()
  await enableWebhooks(app)
  const endpointId = await addEndpoint(app, receiver.url)
  const moveTo = (url: string) => app.write((work) => changeEndpoint(work, endpointId, { url: url as CheckedUrl }))

  receiver.answer = async () => {
    await setClock(app, '10:00:05')
    return 'SILENCE' as const
  }
  await emitEvents(app, [501])
  await settle(app)
  const nextAt = async () => (await onlyDelivery(app)).nextAttemptAt.toString({ timeZone: '+02:00' }).slice(11, 21)
  assert.equal(await nextAt(), '10:10:05+0')

  await setClock(app, '10:10:04.999')
  await settle(app)
  assert.equal(receiver.calls.length, 1)
  receiver.answer = async () => {
    await setClock(app, '10:10:05.2')
    return 500
  }
  await setClock(app, '10:10:05')
  await settle(app)
  assert.equal(await nextAt(), '10:20:05.2')

  await moveTo('http://127.0.0.1:1/')
  await setClock(app, '10:20:05.2')
  await settle(app)
  assert.equal(await nextAt(), '10:30:05.2')

  await moveTo(receiver.url)
  receiver.answer = () => 302
  await setClock(app, '10:30:05.2')
  await settle(app)
  const dead = await onlyDelivery(app)
  assert.equal(dead.state, 'DEAD')
  const attempts = await app.read(({ db }) => listAttempts(db, dead.id))
  assert.deepEqual(
    attempts.map(({ no, httpStatus, error }) => [no, httpStatus, error]),
    [
      [1, null, 'TIMEOUT'],
      [2, 500, null],
      [3, null, 'ECONNREFUSED'],
      [4, 302, null],
    ],
  )

  receiver.answer = () => 204
  await setClock(app, '11:00:00')
  await settle(app)
  assert.equal(receiver.calls.length, 3)
  await app.write((work) => replayDelivery(work, dead.id))
  await settle(app)
  assert.deepEqual(await deliveryStates(app), ['DELIVERED'])
  assert.equal(new Set(receiver.calls.map(({ raw }) => raw)).size, 1)
  assert.equal(receiver.calls.length, 4)
})

test('an advance of the clock stops at every attempt that falls due', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver(() => 500)
  await enableWebhooks(app)
  await addEndpoint(app, receiver.url)
  await emitEvents(app, [501])
  await settle(app)
  await app.travelTo('2026-06-15T10:40:00+02:00')
  const { id, state } = await onlyDelivery(app)
  const attempts = await app.read(({ db }) => listAttempts(db, id))
  assert.equal(state, 'DEAD')
  assert.deepEqual(
    attempts.map(({ startedAt }) => startedAt.toString({ timeZone: '+02:00' }).slice(11, 16)),
    ['10:00', '10:10', '10:20', '10:30'],
  )
})

test('events of one thing arrive in their order, those of others do not wait for them', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver(async ({ body }) => {
    await sleep(body.entityId === 1 ? 20 : 1)
    return 204
  })
  await enableWebhooks(app)
  await addEndpoint(app, receiver.url)
  const entities = Array.from({ length: 90 }, (_, n) => (n % 3 === 0 ? 1 : n))
  await emitEvents(app, entities)
  await settle(app)
  const sequence = receiver.calls.map(({ body }) => body)
  assert.equal(sequence.length, 90)
  const ofFirst = sequence.filter(({ entityId }) => entityId === 1).map(({ uuid }) => uuid)
  assert.deepEqual(ofFirst, await listUuids(app, 1))
  assert.ok(sequence.findLastIndex(({ entityId }) => entityId !== 1) < 89)
})

async function listUuids(app: TestApp, entityId: number): Promise<string[]> {
  const rows = await app.read(({ db }) => listDeliveries(db, { entityId }, { limit: 1000 }))
  return rows.toSorted((a, b) => a.eventId - b.eventId).map(({ uuid }) => uuid)
}

test('a delivery that waits for its repeat holds nothing up', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver(({ body }) => (receiver.calls[0]?.body.uuid === body.uuid ? 500 : 204))
  await enableWebhooks(app)
  await addEndpoint(app, receiver.url)
  await emitEvents(app, [7, 7, 7])
  await settle(app)
  assert.deepEqual((await deliveryStates(app)).sort(), ['DELIVERED', 'DELIVERED', 'RETRY_WAIT'])
})

test('a partner gets at most eight calls at once', async () => {
  let [present, most] = [0, 0]
  await using app = await openWebhookApp()
  await using receiver = await openReceiver(async () => {
    present += 1
    most = Math.max(most, present)
    await sleep(60)
    present -= 1
    return 204
  })
  await using other = await openWebhookApp({ database: asDatabase(app), world: app })
  await enableWebhooks(app)
  await addEndpoint(app, receiver.url)
  const numbers = (from: number) => Array.from({ length: 30 }, (_, n) => from + n)
  await emitEvents(app, numbers(1))
  const first = settle(app)
  while (receiver.calls.length === 0) await sleep(1)
  // The other process finds new work while the first one is still at it.
  await emitEvents(other, numbers(101))
  await Promise.all([first, settle(other)])
  assert.equal(most, 8)
  assert.equal(receiver.calls.length, 60)
})

const asDatabase = ({ url }: TestApp) => ({ url, drop: async () => {}, [Symbol.asyncDispose]: async () => {} })

test('what a killed worker had taken is delivered when its lease is over', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver()
  await enableWebhooks(app)
  const endpointId = await addEndpoint(app, receiver.url)
  await emitEvents(app, [1, 2, 3])
  let ahead = 0
  const real = {
    now: () => app.platform.real.now().add({ milliseconds: ahead }),
    monotonicMs: () => app.platform.real.monotonicMs() + ahead,
  }
  const worker = new WebhookWorker({ ...app.platform, real })
  await planOnly(app, worker)
  const now = Temporal.Instant.from('2026-06-15T10:00:00+02:00')
  const leaseUntil = real.now().add({ seconds: 30 })
  const killed = { runnerId: '00000000-0000-4000-8000-000000000000', endpointId, now, realNow: real.now(), leaseUntil }
  const taken = await app.write(async ({ tx }) => {
    assert.ok(await holdEndpoint(tx, { ...killed, limit: 2 }))
    return claimDeliveries(tx, { ...killed, limit: 2 })
  })
  assert.equal(taken.length, 2)
  const quiet = worker.runUntilQuiet(app.berlin.tenantId)
  await sleep(200)
  assert.equal(receiver.calls.length, 0)
  ahead = 31_000
  await quiet
  assert.deepEqual(
    receiver.calls.map(({ body }) => body.entityId).toSorted((a, b) => a - b),
    [1, 2, 3],
  )
  assert.deepEqual(await deliveryStates(app), ['DELIVERED', 'DELIVERED', 'DELIVERED'])
  await worker.stop()
})

/** Turns events into deliveries without making a call. */
async function planOnly(app: TestApp, worker: WebhookWorker) {
  const { tenantId, activationId } = app.berlin
  await app.write((work) => suspendActivation(work, activationId))
  await worker.runUntilQuiet(tenantId)
  await app.write((work) => resumeActivation(work, activationId))
}

test('a partner that takes its time does not keep others waiting', async () => {
  await using app = await openWebhookApp()
  await using slow = await openReceiver(() => 'SILENCE')
  await using quick = await openReceiver()
  await enableWebhooks(app)
  await addEndpoint(app, slow.url, { eventTypes: ['CLASS_BOOKING_CREATED'] })
  await addEndpoint(app, quick.url, { eventTypes: ['CLASS_BOOKING_CREATED'] })
  await emitEvents(
    app,
    Array.from({ length: 24 }, (_, n) => n + 1),
  )
  const quiet = settle(app)
  while (quick.calls.length < 24) await sleep(10)
  assert.ok(slow.calls.length <= 16, `${slow.calls.length}`)
  await quiet
  const waiting = await app.read(({ db }) =>
    db.select().from(webhookDeliveries).where(eq(webhookDeliveries.state, 'RETRY_WAIT')),
  )
  assert.equal(waiting.length, 24)
})

test('a started worker delivers what commits, and stops without losing anything', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver()
  await enableWebhooks(app)
  await addEndpoint(app, receiver.url, { extendedPayload: true })
  for (const worker of app.app.workers) worker.start()
  const startedAt = performance.now()
  await emitEvents(app, [1])
  while (receiver.calls.length === 0) await sleep(2)
  assert.ok(performance.now() - startedAt < 900)
  const { tenant, studioId, sequence } = JSON.parse(receiver.calls[0]?.raw ?? '')
  assert.deepEqual([tenant, studioId, sequence > 0], ['demo', app.berlin.studioId, true])
  await emitEvents(app, [2, 3])
  for (const worker of app.app.workers) await worker.stop()
  const done = (await deliveryStates(app)).filter((state) => state === 'DELIVERED').length
  assert.equal(new Set(receiver.calls.map(({ raw }) => raw)).size, done)
})
