import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Operation } from '../../src/platform/api/operation.ts'
import { defined } from '../../src/platform/values/defined.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { openCollector } from '../support/servers/collector.ts'
import { boundOperations, makeContent, type Named, makeParts, type Parts, makePath } from '../support/calls/calls.ts'
import { testDatabase } from '../support/database.ts'
import { insertFullStudio } from '../support/full/full-studio.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { insertServedWorld } from '../support/scenes/served-world.ts'
import { type ServerProcess, startServerProcess } from '../support/servers/server-process.ts'

/** In names, mails, keys and headers; digits for fields that take nothing else. Neither occurs by chance. */
const WORD = 'zqmarker'
const DIGITS = '90817263549'
const MARKED = new RegExp(`${WORD}|${DIGITS}`, 'i')
const METRICS_TOKEN = 'token-of-the-metrics'

const hostile = (contents: Named): Named => ({
  ...contents,
  newcomer: WORD,
  firstName: WORD,
  lastName: WORD,
  email: `${WORD}@mail.example`,
  cardNumber: DIGITS,
  barcode: WORD,
  tag: WORD,
})

/** The call with markers in every text, and in positions where they are refused. */
function* makeVariants(operation: Operation, named: Named): Generator<Parts> {
  const parts = makeParts(operation, hostile(named))
  yield parts
  yield { ...parts, query: { ...parts.query, sliceSize: WORD, offset: WORD, pin: DIGITS, [WORD]: WORD } }
  if (parts.params) yield { ...parts, params: Object.fromEntries(Object.keys(parts.params).map((key) => [key, WORD])) }
  if (parts.file) {
    yield { ...parts, file: { ...parts.file, content: `${WORD} ${DIGITS}`, fileName: `${WORD}.exe` } }
    yield { ...parts, file: { ...parts.file, content: `${WORD} ${DIGITS}`, fileName: `${DIGITS}.pdf`, name: WORD } }
  }
  if (parts.body === undefined) return
  yield { ...parts, body: spoil(parts.body) }
  yield { ...parts, body: WORD }
}

/** Every value that is no text becomes one, every text grows: phones, dates, codes and ids that cannot be. */
function spoil(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spoil)
  if (typeof value !== 'object' || value === null) return `${WORD} ${String(value)}`
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoil(inner)]))
}

const headersWith = (key: string) => ({
  'x-api-key': key,
  'content-type': 'application/json',
  'user-agent': WORD,
  'x-forwarded-for': WORD,
  authorization: `Bearer ${WORD}`,
  cookie: `session=${WORD}`,
})

async function callEverything(server: ServerProcess, operations: readonly Operation[], named: Named, key: string) {
  const statuses: number[] = []
  for (const operation of operations) {
    for (const parts of makeVariants(operation, named)) {
      const content = makeContent(parts)
      const answer = await fetch(server.url + makePath(operation, parts), {
        method: operation.method,
        headers: { ...headersWith(key), ...content.headers, 'idempotency-key': `${WORD}-${statuses.length}` },
        ...defined({ body: content.payload }),
      })
      await answer.arrayBuffer()
      statuses.push(answer.status)
    }
  }
  const broken = { method: 'PUT', headers: headersWith(key), body: `{"name":"${WORD}` }
  statuses.push((await fetch(`${server.url}/v1/studios/information/tags`, broken)).status)
  statuses.push((await fetch(`${server.url}/v1/${WORD}/${DIGITS}?${WORD}`, { headers: headersWith(key) })).status)
  statuses.push((await fetch(`${server.url}/reveal/${WORD}`, { method: 'POST', headers: headersWith(key) })).status)
  statuses.push((await fetch(`${server.url}/v1/customers`, { headers: headersWith(`pal_in_${WORD}`) })).status)
  return statuses
}

/** The database quotes the values of a row that it refuses; an unexpected error must not carry them on. */
const refuseTags = `
  create function quote_tag() returns trigger language plpgsql as $$
  begin raise exception 'refused: % of %', new, '${WORD} ${DIGITS}' using detail = '${WORD}'; end $$;
  create trigger quote_tag before insert on studio_tags for each row execute function quote_tag();
  insert into tags (tenant_id, name, created_at) values (1, '${WORD}', '2026-06-15Z')`

test('no value of a person, key, header or query reaches logs, metrics or traces, whatever happens', async () => {
  await using database = await testDatabase()
  await using collector = await openCollector()
  const { berlin, filled } = await insertServedWorld(database.url, (platform, world) =>
    insertFullStudio(platform, world.berlin, { firstId: 3_000_000 }),
  )
  await asSuperuser(database.url, (client) => client.query(refuseTags))
  const named: Named = {
    ...filled,
    classBookingId: 1,
    appointmentBookingId: 1,
    trialBookingId: 1,
    holdId: 1,
    appointmentStart: '2030-06-18T08:00:00Z',
    newcomer: WORD,
  }
  const server = await startServerProcess({
    PALESTRA_DATABASE_URL: database.url,
    PALESTRA_LOG_LEVEL: 'trace',
    PALESTRA_METRICS_TOKEN: METRICS_TOKEN,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  })
  try {
    const operations = await operationsOfApp()
    const statuses = await callEverything(server, operations, named, berlin.key)
    const metrics = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
    assert.equal(metrics.status, 200)
    assert.doesNotMatch(await metrics.text(), MARKED)
    await server.end('SIGTERM')
    const lines = server.output().split('\n')
    assert.ok(lines.filter((line) => line.includes('"operation"')).length >= statuses.length, 'every call is logged')
    assert.ok(statuses.includes(500), 'the refusal of the database was met')
    assert.match(server.output(), /unexpected error/)
    for (const line of lines) assert.doesNotMatch(line, MARKED)
    assert.ok(!server.output().includes(berlin.key))
    const spans = collector.spans()
    const traced = new Set(spans.map(({ attributes }) => attributes['palestra.operation.id']))
    for (const { operationId } of operations) assert.ok(traced.has(operationId), `${operationId} is traced`)
    for (const body of collector.bodies) assert.doesNotMatch(body, MARKED)
    assert.ok(!collector.bodies.some((body) => body.includes(berlin.key)))
    console.log(`traces: ${spans.length} spans, none marked`)
    console.log(`logs: ${statuses.length} calls with markers, ${lines.length} lines, none marked`)
  } finally {
    await server.end('SIGKILL')
  }
})

async function operationsOfApp(): Promise<readonly Operation[]> {
  await using app: TestApp = await openTestApp()
  return boundOperations(app)
}
