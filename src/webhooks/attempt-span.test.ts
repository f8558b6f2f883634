import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { ExportedSpan } from '../../test/support/servers/collector.ts'
import { addEndpoint, emitEvents, enableWebhooks, openReceiver, settle } from '../../test/support/servers/receiver.ts'
import { collectExports } from '../../test/support/traced-app.ts'

const QUICK = { environment: { PALESTRA_WEBHOOK_TIMEOUT_MS: '300' } }
const attemptsIn = (spans: readonly ExportedSpan[]) =>
  spans.filter(({ attributes }) => 'palestra.event.type' in attributes)

const newcomer = {
  firstName: 'Mara',
  lastName: 'Lindner',
  dateOfBirth: '1994-11-02',
  email: 'mara@mail.example',
  street: 'Birkenallee',
  houseNumber: '12',
  city: 'Berlin',
  zipCode: '10435',
  countryCode: 'DE',
  language: { languageCode: 'de' },
}

/** Of everything that tests write by themselves. */
const TRACE = '0'.repeat(31) + '1'

test('an attempt is a span in the trace of its event, and the receiver gets its id', async () => {
  await using receiver = await openReceiver()
  const { spans, collector } = await collectExports(async (app) => {
    await enableWebhooks(app)
    await addEndpoint(app, `${receiver.url}/secret-path`)
    await emitEvents(app, [501])
    await settle(app)
  }, QUICK)
  const [attempt, ...more] = attemptsIn(spans)
  assert.ok(attempt && more.length === 0)
  const [call] = receiver.calls
  assert.equal(call?.headers['traceparent'], `00-${TRACE}-${attempt.spanId}-01`)
  assert.equal(attempt.traceId, TRACE)
  assert.equal(attempt.kind, 'CLIENT')
  assert.equal(attempt.name, 'webhook CLASS_BOOKING_CREATED')
  assert.deepEqual(attempt.attributes, {
    'http.request.method': 'POST',
    'http.response.status_code': 204,
    'palestra.tenant.id': 1,
    'palestra.studio.id': 123,
    'palestra.activation.id': 1123,
    'palestra.event.type': 'CLASS_BOOKING_CREATED',
    'palestra.event.id': call?.body.uuid,
  })
  for (const sent of collector.bodies) assert.doesNotMatch(sent, /secret-path|127\.0\.0\.1/)
})

test('a refusal fails its span with the status, silence with the reason; a repeat says which it is', async () => {
  await using receiver = await openReceiver(() => 500)
  const { spans } = await collectExports(async (app) => {
    await enableWebhooks(app)
    await addEndpoint(app, receiver.url)
    await emitEvents(app, [501])
    await settle(app)
    receiver.answer = () => 'SILENCE'
    await app.travelTo('2026-06-15T09:15:00+02:00')
    await settle(app)
  }, QUICK)
  const attempts = attemptsIn(spans)
  assert.deepEqual(
    attempts.map(({ hasFailed, attributes }) => [
      hasFailed,
      attributes['error.type'],
      attributes['http.request.resend_count'],
    ]),
    [
      [true, '500', undefined],
      [true, 'TIMEOUT', 1],
    ],
  )
})

test('what is not sampled says so to the receiver', async () => {
  await using receiver = await openReceiver()
  const variables = { OTEL_TRACES_SAMPLER: 'always_off' }
  const { spans } = await collectExports(
    async (app) => {
      await enableWebhooks(app)
      await addEndpoint(app, receiver.url)
      await emitEvents(app, [501])
      await settle(app)
    },
    { ...QUICK, variables },
  )
  assert.deepEqual(spans, [])
  assert.match(String(receiver.calls[0]?.headers['traceparent']), new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`))
})

test('the request that wrote an event has nothing to do with its delivery but the trace', async () => {
  await using receiver = await openReceiver()
  let traceId: unknown
  const { spans } = await collectExports(async (app) => {
    await enableWebhooks(app)
    await addEndpoint(app, receiver.url)
    const received = new Promise((resolve) => (receiver.answer = () => (resolve(undefined), 204)))
    app.app.startWorkers()
    const created = await app.post('/v1/customers/create', newcomer)
    assert.equal(created.status, 200, created.text)
    traceId = created.headers['x-trace-id']
    await received
  }, QUICK)
  const [attempt] = attemptsIn(spans)
  assert.ok(attempt)
  assert.equal(attempt.traceId, traceId)
  assert.equal(attempt.parentSpanId, '')
  const request = spans.find(({ kind }) => kind === 'SERVER')
  const statements = spans.filter(({ parentSpanId }) => parentSpanId === request?.spanId)
  const texts = statements.map(({ attributes }) => String(attributes['db.query.text']))
  assert.ok(texts.some((text) => text.includes('outbox_events')))
  const ofTheWorker = texts.filter((text) => /webhook_deliveries|palestra_tenants|fanned_out/.test(text))
  assert.deepEqual(ofTheWorker, [])
})
