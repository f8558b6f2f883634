import { test } from 'node:test'
import assert from 'node:assert/strict'
import { pino } from 'pino'
import { createTag } from '../../src/studios/index.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { openTestApp } from '../support/app.ts'
import { type ExportedSpan, openCollector } from '../support/servers/collector.ts'
import { collectExports, tracingTo } from '../support/traced-app.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const CALLER = 'b7ad6b7169203331'

const requestsIn = (spans: readonly ExportedSpan[]) => spans.filter(({ kind }) => kind === 'SERVER')
const findChildren = (parent: ExportedSpan, spans: readonly ExportedSpan[]) =>
  spans.filter(({ parentSpanId, traceId }) => parentSpanId === parent.spanId && traceId === parent.traceId)

function only(spans: readonly ExportedSpan[]): ExportedSpan {
  const [first, ...more] = spans
  assert.ok(first && more.length === 0, `one span and not ${spans.length}`)
  return first
}

test('a request is a span, its statements lie below it, and its answer names their trace', async () => {
  let traceId: unknown
  const { spans, collector } = await collectExports(async (app) => {
    const answer = await app.get('/v1/studios/tags')
    traceId = answer.headers['x-trace-id']
  })
  const request = only(requestsIn(spans))
  assert.equal(request.traceId, traceId)
  assert.equal(request.parentSpanId, '')
  assert.equal(request.name, 'GET /v1/studios/tags')
  assert.deepEqual(request.attributes, {
    'http.request.method': 'GET',
    'http.route': '/v1/studios/tags',
    'http.response.status_code': 200,
    'palestra.operation.id': 'getStudioTags',
    'palestra.tenant.id': 1,
    'palestra.studio.id': 123,
    'palestra.activation.id': 1123,
  })
  const statements = findChildren(request, spans)
  assert.equal(statements.length, spans.length - 1, 'nothing else is sent')
  const tags = statements.find(({ attributes }) => /from "tags"/.test(String(attributes['db.query.text'])))
  assert.equal(tags?.kind, 'CLIENT')
  assert.equal(tags.attributes['db.system.name'], 'postgresql')
  assert.equal(tags.attributes['db.operation.name'], 'SELECT')
  assert.equal(tags.attributes['palestra.statement.name'], tags.name)
  assert.ok(statements.some(({ attributes }) => String(attributes['db.query.text']).includes('$1')))
  assert.equal(collector.resource()['service.name'], 'palestra')
})

test('a refusal names the trace of its span; the path is recorded as declared, never as sent', async () => {
  let body: { readonly traceId?: string } = {}
  const { spans, collector } = await collectExports(async (app) => {
    body = (await app.get('/v1/customers/987654321?cardNumberFormat=HEX_LSB')).body
    await app.get('/v1/987654321')
    await app.app.server.inject({ method: 'GET', url: '/v1/%zz987654321' })
  })
  const [known, unknown, unreadable] = requestsIn(spans)
  assert.equal(known?.traceId, body.traceId)
  assert.equal(known?.name, 'GET /v1/customers/{customerId}')
  assert.equal(known?.attributes['palestra.error.code'], 'errormessage.customer.notFound')
  assert.equal(known?.hasFailed, false, 'a caller that is refused is no failure of ours')
  assert.equal(unknown?.name, 'GET')
  assert.equal(unknown?.attributes['http.response.status_code'], 404)
  assert.equal(unreadable?.attributes['http.response.status_code'], 401)
  for (const sent of collector.bodies) assert.doesNotMatch(sent, /987654321|HEX_LSB/)
})

test('the span of the caller is the parent, and its decision to trace holds', async () => {
  const { spans } = await collectExports(async (app) => {
    const call = (traceparent: string) => app.get('/v1/studios/tags', { headers: { traceparent } })
    await call(`00-${TRACE}-${CALLER}-01`)
    const quiet = await call(`00-${'1'.repeat(32)}-${CALLER}-00`)
    assert.equal(quiet.headers['x-trace-id'], '1'.repeat(32))
    await call(`00-${'2'.repeat(32)}-${'0'.repeat(16)}-01`)
  })
  const ids = requestsIn(spans).map(({ traceId, parentSpanId }) => [traceId, parentSpanId])
  assert.deepEqual(ids, [
    [TRACE, CALLER],
    ['2'.repeat(32), ''],
  ])
  assert.ok(!spans.some(({ traceId }) => traceId === '1'.repeat(32)))
})

test('a write whose body comes slowly keeps its statements, the commit included', async () => {
  const { spans } = await collectExports(async (opened) => {
    await opened.write((work) => createTag(work, { name: 'Sauna' }))
    const { app, berlin } = opened
    const url = await app.server.listen({ host: '127.0.0.1', port: 0 })
    const body = new ReadableStream({
      async start(parts) {
        for (const part of ['[{"name":', '"Sauna"}]']) {
          await new Promise((resolve) => setTimeout(resolve, 200))
          parts.enqueue(new TextEncoder().encode(part))
        }
        parts.close()
      },
    })
    const headers = { 'x-api-key': berlin.key, 'content-type': 'application/json' }
    const options = { method: 'PUT', headers, body, duplex: 'half' } as RequestInit
    const answer = await fetch(`${url}/v1/studios/information/tags`, options)
    assert.equal(answer.status, 200, await answer.text())
  })
  const request = only(requestsIn(spans))
  const statements = findChildren(request, spans).map(({ attributes }) => String(attributes['db.query.text']))
  assert.ok(
    statements.some((text) => text.startsWith('insert into "studio_tags"')),
    String(statements),
  )
  assert.ok(statements.includes('commit'))
})

test('the span of a failed statement has its state, that of a broken request its code, neither a message', async () => {
  const { spans, collector } = await collectExports(async (app) => {
    await asSuperuser(app.url, (client) => client.query('drop table studio_tags cascade'))
    assert.equal((await app.get('/v1/studios/information')).status, 500)
  })
  const request = only(requestsIn(spans))
  assert.ok(request.hasFailed)
  assert.equal(request.attributes['error.type'], 'errormessage.internal')
  const failed = only(findChildren(request, spans).filter(({ hasFailed }) => hasFailed))
  assert.equal(failed.attributes['error.type'], '42P01')
  assert.equal(failed.attributes['db.response.status_code'], '42P01')
  for (const sent of collector.bodies) assert.doesNotMatch(sent, /does not exist|"message"|exception/)
})

test('the standard variables name the service, its headers and what is sampled', async () => {
  const variables = {
    OTEL_SERVICE_NAME: 'gym',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of-the-collector',
  }
  const exported = await collectExports(async (app) => void (await app.get('/v1/studios/tags')), { variables })
  assert.equal(exported.collector.resource()['service.name'], 'gym')
  assert.equal(exported.collector.resource()['deployment.environment.name'], 'test')
  assert.equal(exported.collector.headers[0]?.authorization, 'Bearer of-the-collector')
  const silent = await collectExports(async (app) => void (await app.get('/v1/studios/tags')), {
    variables: { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
  })
  assert.deepEqual(silent.spans, [])
})

test('a collector that is not there or does not answer stops nobody, and the log says so once', async () => {
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line).msg) })
  await using deaf = await openCollector({ deaf: true })
  const hurried = { OTEL_EXPORTER_OTLP_TIMEOUT: '300' }
  for (const [url, variables] of [
    ['http://127.0.0.1:9', hurried],
    [deaf.url, {}],
  ] as const) {
    const app = await openTestApp({ tracing: await tracingTo(url, variables, log) })
    for (let sent = 0; sent < 600; sent++) assert.equal((await app.get('/v1/studios/tags')).status, 200)
    const closing = performance.now()
    await app.close()
    assert.ok(performance.now() - closing < 5000)
  }
  assert.deepEqual(lines, ['the collector takes no traces'])
})
