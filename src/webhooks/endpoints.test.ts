import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import {
  addEndpoint,
  readDeliveries,
  deliveryStates,
  emitEvents,
  enableWebhooks,
  onlyDelivery,
  openReceiver,
  openWebhookApp,
  settle,
} from '../../test/support/servers/receiver.ts'
import { listAudit } from '../../test/support/records.ts'
import { OutgoingHttp } from '../platform/outgoing/outgoing-http.ts'
import { targetPolicy } from '../platform/outgoing/outgoing-targets.ts'
import { endActivation, resumeActivation, suspendActivation } from '../integrations/index.ts'
import { cancelDelivery, replayDeliveries, replayDelivery } from './replays.ts'
import {
  checkEndpointUrl,
  deleteEndpoint,
  pauseEndpoint,
  resumeEndpoint,
  revealSigningSecret,
  rotateSigningSecret,
} from './endpoints.ts'
import { listEndpoints } from './endpoint-store.ts'
import { sendTestEvent } from './test-calls.ts'

test('a suspended activation holds its deliveries until it is resumed, an ended one loses them', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver()
  await enableWebhooks(app)
  await addEndpoint(app, receiver.url)
  const { activationId } = app.berlin
  await app.write((work) => suspendActivation(work, activationId))
  await emitEvents(app, [1])
  await settle(app)
  assert.deepEqual([receiver.calls.length, await deliveryStates(app)], [0, ['PENDING']])
  await app.write((work) => resumeActivation(work, activationId))
  await settle(app)
  assert.deepEqual([receiver.calls.length, await deliveryStates(app)], [1, ['DELIVERED']])
  await app.write((work) => suspendActivation(work, activationId))
  await emitEvents(app, [2])
  await settle(app)
  await app.write((work) => endActivation(work, activationId, app.platform.real.now()))
  await app.travelTo('2026-06-15T10:01:00+02:00')
  assert.deepEqual([receiver.calls.length, await deliveryStates(app)], [1, ['CANCELLED', 'DELIVERED']])
})

test('events from before the confirmation and of other tenants never arrive', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver()
  await addEndpoint(app, receiver.url)
  await emitEvents(app, [1])
  await settle(app)
  await app.travelTo('2026-06-15T10:00:01+02:00')
  await enableWebhooks(app)
  await emitEvents(app, [2])
  await enableWebhooks(app, app.stranger)
  await emitEvents(app, [3], { studio: app.stranger })
  await settle(app)
  for (const worker of app.app.workers) await worker.runUntilQuiet?.(app.stranger.tenantId)
  assert.deepEqual(
    receiver.calls.map(({ body }) => body.entityId),
    [2],
  )
})

test('a paused endpoint holds what is due, a deleted one loses it and gets no replay', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver(() => 500)
  await enableWebhooks(app)
  const endpointId = await addEndpoint(app, receiver.url)
  await emitEvents(app, [1])
  await settle(app)
  await app.write((work) => pauseEndpoint(work, endpointId))
  await emitEvents(app, [2])
  await app.travelTo('2026-06-15T11:00:00+02:00')
  assert.deepEqual([receiver.calls.length, await deliveryStates(app)], [1, ['RETRY_WAIT']])
  await app.write((work) => resumeEndpoint(work, endpointId))
  await settle(app)
  assert.equal(receiver.calls.length, 2)
  await app.write((work) => deleteEndpoint(work, endpointId))
  assert.deepEqual(await deliveryStates(app), ['CANCELLED'])
  const { id } = await onlyDelivery(app)
  await assert.rejects(
    app.write((work) => replayDelivery(work, id)),
    { code: 'errormessage.webhookDelivery.statusTransition' },
  )
})

test('dead letters are replayed by filter and time span, and open deliveries can be given up', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver(() => 500)
  await enableWebhooks(app)
  const endpointId = await addEndpoint(app, receiver.url)
  await emitEvents(app, [1])
  await app.travelTo('2026-06-15T11:00:00+02:00')
  await emitEvents(app, [2])
  await app.travelTo('2026-06-15T12:00:00+02:00')
  assert.deepEqual(await deliveryStates(app), ['DEAD', 'DEAD'])
  const from = Temporal.Instant.from('2026-06-15T10:30:00+02:00')
  const filter = { endpointId, states: ['DEAD'] as const, from, until: from.add({ hours: 1 }) }
  receiver.answer = () => 200
  assert.equal(await app.write((work) => replayDeliveries(work, filter)), 1)
  await settle(app)
  assert.deepEqual(await deliveryStates(app), ['DELIVERED', 'DEAD'])
  receiver.answer = () => 500
  await emitEvents(app, [3])
  await settle(app)
  const { id } = await onlyDelivery(app)
  await app.write((work) => cancelDelivery(work, id))
  assert.deepEqual(await deliveryStates(app), ['CANCELLED', 'DELIVERED', 'DEAD'])
})

test('deliveries are forgotten thirty days after they were finished', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver()
  await enableWebhooks(app)
  const endpointId = await addEndpoint(app, receiver.url)
  await emitEvents(app, [1])
  await settle(app)
  await app.write((work) => deleteEndpoint(work, endpointId))
  await app.travelTo('2026-07-15T09:00:00+02:00')
  assert.equal((await readDeliveries(app)).length, 1)
  await app.travelTo('2026-07-16T10:00:00+02:00')
  assert.equal((await readDeliveries(app)).length, 0)
})

test('during a rotation both signing secrets sign, a day later only the new one', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver()
  await enableWebhooks(app)
  await addEndpoint(app, receiver.url)
  const { secrets } = app.platform
  const { integrationId } = app.berlin
  const old = await app.write((work) => revealSigningSecret(work, integrationId, secrets))
  const fresh = await app.write((work) => rotateSigningSecret(work, integrationId, secrets))
  await emitEvents(app, [1])
  await settle(app)
  await app.travelTo('2026-06-16T10:00:00+02:00')
  await emitEvents(app, [2])
  await settle(app)
  const [during, after] = receiver.calls
  assert.ok(during && after)
  const accepts = (secret: string, { raw, headers }: typeof during) => {
    try {
      new Webhook(secret).verify(raw, headers as Record<string, string>)
      return true
    } catch {
      return false
    }
  }
  assert.deepEqual([accepts(old, during), accepts(fresh, during)], [true, true])
  assert.deepEqual([accepts(old, after), accepts(fresh, after)], [false, true])
})

test('an address that the guard refuses is not registered', async () => {
  const http = new OutgoingHttp(targetPolicy({ webhookAllowCidrs: [], demo: false }))
  for (const url of ['https://169.254.169.254/', 'http://127.0.0.1/', 'https://2130706433/', 'nonsense']) {
    await assert.rejects(checkEndpointUrl(http, url), { code: 'errormessage.webhookEndpoint.urlRefused' })
  }
  assert.equal(await checkEndpointUrl(http, 'https://93.184.215.14/hook'), 'https://93.184.215.14/hook')
  await http.close()
})

test('an endpoint names known types or none at all', async () => {
  await using app = await openWebhookApp()
  await assert.rejects(addEndpoint(app, 'https://93.184.215.14/', { eventTypes: ['NOTHING_HAPPENED'] }), {
    code: 'errormessage.validation.enum',
  })
  await assert.rejects(addEndpoint(app, 'https://93.184.215.14/', { eventTypes: [] }), {
    code: 'errormessage.validation.minItems',
  })
  assert.deepEqual(await app.read(({ db }) => listEndpoints(db)), [])
})

test('a test call is signed like any other, says what came back and leaves only an audit line', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver(() => 418)
  await enableWebhooks(app)
  const endpointId = await addEndpoint(app, receiver.url)
  const { units, secrets, real } = app.platform
  const http = new OutgoingHttp(targetPolicy(app.platform.config))
  const caller = { actor: { kind: 'CLI', id: null }, tenantId: app.berlin.tenantId, traceId: 'a'.repeat(32) } as const
  const outcome = await sendTestEvent({ units, secrets, real, http, timeoutMs: 300 }, caller, { endpointId })
  await http.close()
  assert.deepEqual([outcome.httpStatus, outcome.answer, outcome.error], [418, 'received', null])
  const [call] = receiver.calls
  assert.equal(call?.body.uuid, outcome.uuid)
  const secret = await app.write((work) => revealSigningSecret(work, app.berlin.integrationId, secrets))
  new Webhook(secret).verify(call?.raw ?? '', call?.headers as Record<string, string>)
  assert.deepEqual(await readDeliveries(app), [])
  assert.equal((await listAudit(app)).filter(({ action }) => action === 'webhookEndpoint.tested').length, 1)
})
