import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogueEventTypes, optInEventTypes } from '../platform/units/events.ts'
import { formatBody } from './envelope.ts'
import { listReadableTypes, readScopes } from './read-scopes.ts'
import { type AnnouncedEvent, chooseEndpoints, planDeliveries, type Receivers } from './receiver-rules.ts'
import { planNextStep } from './retry-rules.ts'
import { formatSignatures, isRotating, newSigningSecret, signingKey } from './signature.ts'

const at = (text: string) => Temporal.Instant.from(text)
const confirmed = at('2026-06-15T07:00:00Z')

const event: AnnouncedEvent = {
  type: 'CUSTOMER_UPDATED',
  customerId: 501,
  audienceStudioIds: [1],
  onlyIntegrationId: null,
  occurredAt: confirmed,
}

const receivers: Receivers = {
  endpoints: [
    { id: 10, integrationId: 7, eventTypes: null },
    { id: 20, integrationId: 8, eventTypes: null },
  ],
  activations: [
    { id: 71, integrationId: 7, studioId: 1, webhooksEnabledAt: confirmed },
    { id: 72, integrationId: 7, studioId: 2, webhooksEnabledAt: confirmed },
    { id: 81, integrationId: 8, studioId: 1, webhooksEnabledAt: confirmed },
  ],
  isBlocked: () => false,
}

const receivingActivations = (of: AnnouncedEvent, by: Receivers = receivers) =>
  planDeliveries(of, by).map(({ activationId }) => activationId)

test('the endpoints that name a type get it, and the catch-all ones only when there is none', () => {
  const all = { id: 1, eventTypes: null }
  const some = { id: 2, eventTypes: ['CUSTOMER_UPDATED', 'CUSTOMER_CREATED'] }
  const one = { id: 3, eventTypes: ['CUSTOMER_UPDATED'] }
  assert.deepEqual(chooseEndpoints('CUSTOMER_UPDATED', [all, some, one]), [some, one])
  assert.deepEqual(chooseEndpoints('CUSTOMER_CREATED', [all, some, one]), [some])
  assert.deepEqual(chooseEndpoints('CUSTOMER_DELETED', [all, some, one]), [all])
  assert.deepEqual(chooseEndpoints('CUSTOMER_DELETED', [some, one]), [])
})

test('our own types never reach a catch-all endpoint', () => {
  const all = { id: 1, eventTypes: null }
  const named = { id: 2, eventTypes: ['PAYMENT_BOOKED'] }
  assert.deepEqual(chooseEndpoints('PAYMENT_BOOKED', [all]), [])
  assert.deepEqual(chooseEndpoints('PAYMENT_BOOKED', [all, named]), [named])
})

test('every activation in the studios of the audience receives the event', () => {
  assert.deepEqual(receivingActivations(event), [71, 81])
  assert.deepEqual(receivingActivations({ ...event, audienceStudioIds: [1, 2] }), [71, 72, 81])
  assert.deepEqual(receivingActivations({ ...event, audienceStudioIds: [3] }), [])
})

test('an event for one integration reaches no other', () => {
  assert.deepEqual(receivingActivations({ ...event, onlyIntegrationId: 8 }), [81])
})

test('what happened before webhooks were enabled is not delivered', () => {
  assert.deepEqual(receivingActivations({ ...event, occurredAt: confirmed.subtract({ milliseconds: 1 }) }), [])
})

test('a blocked integration receives nothing of the person but that it is blocked', () => {
  const blocked = {
    ...receivers,
    isBlocked: (customer: number, integration: number) => customer === 501 && integration === 7,
  }
  assert.deepEqual(receivingActivations(event, blocked), [81])
  assert.deepEqual(receivingActivations({ ...event, customerId: 502 }, blocked), [71, 81])
  const disabled = { ...event, type: 'CUSTOMER_ACCESS_DISABLED', onlyIntegrationId: 7 }
  assert.deepEqual(receivingActivations(disabled, blocked), [71])
})

test('the standard policy repeats ten minutes after the end of each failure, then gives up', () => {
  const after = (no: number, endedAt: string, status: number | null) =>
    planNextStep({ policy: 'standard', no, status, endedAt: at(endedAt) })
  assert.deepEqual(after(1, '2026-06-15T10:00:05Z', null), {
    state: 'RETRY_WAIT',
    nextAttemptAt: at('2026-06-15T10:10:05Z'),
  })
  assert.deepEqual(after(2, '2026-06-15T10:10:05.2Z', 500), {
    state: 'RETRY_WAIT',
    nextAttemptAt: at('2026-06-15T10:20:05.2Z'),
  })
  assert.deepEqual(after(3, '2026-06-15T10:20:05.2Z', null), {
    state: 'RETRY_WAIT',
    nextAttemptAt: at('2026-06-15T10:30:05.2Z'),
  })
  assert.deepEqual(after(4, '2026-06-15T10:30:05.2Z', 302), { state: 'DEAD' })
  assert.deepEqual(after(1, '2026-06-15T11:00:00Z', 204), { state: 'DELIVERED' })
})

test('the exponential policy spreads seven repeats over two days, none gives up at once', () => {
  const endedAt = at('2026-06-15T10:00:00Z')
  const pauses = [1, 2, 3, 4, 5, 6, 7, 8].map((no) => {
    const step = planNextStep({ policy: 'exponential', no, status: 503, endedAt })
    return step.state === 'RETRY_WAIT' ? endedAt.until(step.nextAttemptAt).total('minutes') : step.state
  })
  assert.deepEqual(pauses, [1, 5, 30, 120, 360, 720, 1440, 'DEAD'])
  assert.deepEqual(planNextStep({ policy: 'none', no: 1, status: 500, endedAt }), { state: 'DEAD' })
})

const uuid = '095be615-a8ad-4c33-8e9c-c7612fbf6c9f'
const body = `{"entityId":1000000501,"uuid":"${uuid}","payload":[{"timestamp":1781506800000,"type":"CUSTOMER_UPDATED"}]}`
const sent = { id: 9, uuid, type: 'CUSTOMER_UPDATED', entityId: 1000000501, content: null, occurredAtMs: 1781506800000 }

test('the body has exactly the keys of the API', () => {
  assert.equal(formatBody(sent), body)
  assert.equal(
    formatBody({ ...sent, content: { contractId: 5 } }),
    body.replace('"CUSTOMER_UPDATED"', '"CUSTOMER_UPDATED","content":{"contractId":5}'),
  )
})

test('an extended body says in addition where in the feed the event stands', () => {
  const extended = body.replace(/}$/, ',"tenant":"demo","studioId":123,"sequence":9}')
  assert.equal(formatBody(sent, { tenant: 'demo', studioId: 123 }), extended)
})

test('the signature is the one of the worked example', () => {
  const key = signingKey('whsec_cGFsZXN0cmEtZGVtby1zaWduaW5nLXNlY3JldC0wMSE=')
  const message = { id: uuid, timestamp: 1781506801, body }
  const signature = 'v1,gTB/GGKSIC0kf1ZHvvkqeuSNIw0JOdvVjqaCw6e1e7Q='
  assert.equal(formatSignatures([key], message), signature)
  const other = signingKey(newSigningSecret())
  assert.equal(other.length, 32)
  assert.match(formatSignatures([other, key], message), /^v1,\S{44} v1,gTB\/GGKS/)
})

test('after a rotation both secrets sign for a day', () => {
  assert.equal(isRotating(null, confirmed), false)
  assert.equal(isRotating(confirmed, confirmed.add({ hours: 24 }).subtract({ milliseconds: 1 })), true)
  assert.equal(isRotating(confirmed, confirmed.add({ hours: 24 })), false)
})

test('the catalogue has 46 types and 7 of our own, each readable by some scope', () => {
  const types = [...catalogueEventTypes, ...optInEventTypes]
  assert.deepEqual([catalogueEventTypes.length, optInEventTypes.length, new Set(types).size], [46, 7, 53])
  assert.deepEqual(Object.keys(readScopes).sort(), [...types].sort())
  for (const type of types) assert.ok(listReadableTypes(new Set(readScopes[type].slice(0, 1))).includes(type), type)
})

test('scopes show the types whose thing they read, and no other', () => {
  assert.deepEqual(listReadableTypes(new Set(['DEVICE_READ'])), ['DEVICE_CREATED'])
  assert.deepEqual(listReadableTypes(new Set(['DEVICE_WRITE'])), [])
})
