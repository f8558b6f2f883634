import assert from 'node:assert/strict'
import { test } from 'node:test'
import { insertCustomer } from '../../test/support/scenes/booking-world.ts'
import {
  addEndpoint,
  enableWebhooks,
  openReceiver,
  openWebhookApp,
  settle,
} from '../../test/support/servers/receiver.ts'
import { customerIntegrationBlocks } from '../customers/tables.ts'
import { openTestApp, type TestApp } from '../../test/support/app.ts'

import type { EventAbout, EventType } from '../platform/units/events.ts'
import { outboxEvents } from '../platform/tables.ts'
import { makeEvent } from '../../test/support/made-event.ts'

async function emit(app: TestApp, type: EventType, entityId: number, more: Partial<EventAbout> = {}) {
  await app.write(async (work) => {
    work.audit({ action: 'test.happened', entityKind: 'test', entityId })
    work.emit(makeEvent(type, { entityId, audienceStudioIds: [app.berlin.studioId], ...more }))
  })
}

const toIds = (answer: { body: { result: { entityId: number }[] } }) =>
  answer.body.result.map(({ entityId }) => entityId)

test('the feed shows the events of the studio in order, one slice after the other', async () => {
  await using app = await openTestApp()
  for (let id = 1; id <= 12; id++) await emit(app, 'CLASS_BOOKING_CREATED', id)
  await emit(app, 'CLASS_BOOKING_CREATED', 13, { audienceStudioIds: [app.hamburg.studioId] })
  const first = await app.get('/ext/v1/events?sliceSize=10')
  assert.equal(first.status, 200)
  assert.deepEqual(toIds(first), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  assert.equal(first.body.hasNext, true)
  const { sequence, uuid, ...rest } = first.body.result[9]
  assert.equal(first.body.offset, String(sequence))
  assert.match(uuid, /^[0-9a-f-]{36}$/)
  assert.deepEqual(rest, {
    type: 'CLASS_BOOKING_CREATED',
    entityId: 10,
    occurredAt: '2026-06-15T09:00:00.000+02:00',
  })
  const second = await app.get(`/ext/v1/events?sliceSize=10&offset=${first.body.offset}`)
  assert.deepEqual(toIds(second), [11, 12])
  assert.equal(second.body.hasNext, false)
  const third = await app.get(`/ext/v1/events?offset=${second.body.offset}`)
  assert.deepEqual([toIds(third), third.body.offset], [[], second.body.offset])
  assert.deepEqual(toIds(await app.get('/ext/v1/events', { as: app.hamburg })), [13])
  assert.deepEqual(toIds(await app.get('/ext/v1/events', { as: app.stranger })), [])
})

test('the feed shows the wanted types, as far as the scopes reach', async () => {
  await using app = await openTestApp()
  await emit(app, 'CLASS_BOOKING_CREATED', 1)
  await emit(app, 'EMPLOYEE_UPDATED', 2)
  await emit(app, 'TAX_ADVISOR_EXPORT_CREATED', 3)
  assert.deepEqual(toIds(await app.get('/ext/v1/events')), [1, 2])
  assert.deepEqual(toIds(await app.get('/ext/v1/events?types=EMPLOYEE_UPDATED,TAX_ADVISOR_EXPORT_CREATED')), [2])
  assert.equal((await app.get('/ext/v1/events?types=NOTHING')).status, 400)
})

test('an event for one integration is in the feed of no other', async () => {
  await using app = await openTestApp()
  await emit(app, 'CUSTOMER_UPDATED', 1, { onlyIntegrationId: 99 })
  await emit(app, 'CUSTOMER_UPDATED', 2, { onlyIntegrationId: app.berlin.integrationId })
  assert.deepEqual(toIds(await app.get('/ext/v1/events')), [2])
})

test('a blocked integration neither reads nor receives events of the person, but for the block itself', async () => {
  await using app = await openWebhookApp()
  await using receiver = await openReceiver()
  await enableWebhooks(app)
  await addEndpoint(app, receiver.url)
  const { integrationId, studioId } = app.berlin
  const [hidden, shown] = await app.write(async (work) => [
    await insertCustomer(work, { studioId } as Parameters<typeof insertCustomer>[1]),
    await insertCustomer(work, { studioId } as Parameters<typeof insertCustomer>[1]),
  ])
  assert.ok(hidden && shown)
  await app.write(({ tx, now }) =>
    tx.insert(customerIntegrationBlocks).values({ customerId: hidden, integrationId, since: now, createdAt: now }),
  )
  for (const customerId of [hidden, shown]) await emit(app, 'CUSTOMER_UPDATED', customerId, { customerId })
  await emit(app, 'CUSTOMER_ACCESS_DISABLED', hidden, { customerId: hidden, onlyIntegrationId: integrationId })
  assert.deepEqual(toIds(await app.get('/ext/v1/events')), [shown, hidden])
  await settle(app)
  assert.deepEqual(
    receiver.calls
      .map(({ body }) => [body.entityId, body.payload[0]?.type])
      .toSorted(([a], [b]) => Number(a) - Number(b)),
    [
      [hidden, 'CUSTOMER_ACCESS_DISABLED'],
      [shown, 'CUSTOMER_UPDATED'],
    ],
  )
})

test('after thirty days an event leaves the feed', async () => {
  await using app = await openTestApp()
  await emit(app, 'CLASS_BOOKING_CREATED', 1)
  await app.travelTo('2026-07-15T08:59:00+02:00')
  await emit(app, 'CLASS_BOOKING_CREATED', 2)
  assert.deepEqual(toIds(await app.get('/ext/v1/events')), [1, 2])
  await app.travelTo('2026-07-15T09:01:00+02:00')
  assert.deepEqual(toIds(await app.get('/ext/v1/events')), [2])
})

test('an event is not returned while one with a smaller id may still be committed', async () => {
  await using app = await openTestApp()
  const begun = Promise.withResolvers<void>()
  const committed = Promise.withResolvers<void>()
  const late = app.write(async ({ tx, now, audit }) => {
    audit({ action: 'test.happened', entityKind: 'test', entityId: 1 })
    const event = { type: 'CLASS_BOOKING_CREATED', entityId: 1, actor: 'CLI', uuid: crypto.randomUUID() }
    const stamps = { occurredAt: now, createdAt: now }
    await tx.insert(outboxEvents).values({ ...event, ...stamps, audienceStudioIds: [app.berlin.studioId] })
    begun.resolve()
    await committed.promise
  })
  await begun.promise
  await emit(app, 'CLASS_BOOKING_CREATED', 2)
  const early = await app.get('/ext/v1/events')
  assert.deepEqual([toIds(early), early.body.offset], [[], '0'])
  const waiting = app.get('/ext/v1/events')
  committed.resolve()
  await late
  assert.deepEqual(toIds(await waiting), [1, 2])
})

test('the demo has a sink that lists what it received and can be set to fail', async () => {
  await using app = await openTestApp()
  const body = { entityId: 501, uuid: 'u-1', payload: [{ type: 'CUSTOMER_UPDATED' }], name: '<b>Max</b>' }
  assert.equal(
    (await app.app.server.inject({ method: 'POST', url: '/demo/webhook-sink', payload: body })).statusCode,
    204,
  )
  const failing = {
    method: 'POST',
    url: '/demo/webhook-sink?status=503',
    payload: { payload: [{ type: '<i>' }] },
  } as const
  assert.equal((await app.app.server.inject(failing)).statusCode, 503)
  const browser = { accept: 'text/html,application/xhtml+xml' }
  const page = (await app.app.server.inject({ url: '/demo/webhook-sink', headers: browser })).body
  assert.match(page, /<td>CUSTOMER_UPDATED<\/td><td>501<\/td>/)
  assert.doesNotMatch(page, /Max|<i>/)
  const { calls } = (await app.app.server.inject({ url: '/demo/webhook-sink' })).json()
  assert.deepEqual(
    calls.map(({ type, entityId, status }: Record<string, unknown>) => [type, entityId, status]),
    [
      ['?', 0, 503],
      ['CUSTOMER_UPDATED', 501, 204],
    ],
  )
})
