import { test } from 'node:test'
import assert from 'node:assert/strict'
import { pino } from 'pino'
import { openTestApp } from '../support/app.ts'
import { asSuperuser } from '../support/row-hashes.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'

function listener() {
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  return { log, lines }
}

/** Without what differs from run to run. */
function shown(line: Record<string, unknown> = {}) {
  const { time, ms, pid: _, hostname: __, ...rest } = line
  assert.ok(Number.isFinite(time) && Number.isFinite(ms))
  return rest
}

test('a request is one line: who asked for what, and what became of it', async () => {
  const { log, lines } = listener()
  await using app = await openTestApp({ log })
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` }
  await app.get('/v1/customers/1?cardNumberFormat=HEX_LSB', { headers })
  await app.get('/v1/nothing?secret=1', { headers: { ...headers, 'x-api-key': 'nobody' } })
  const [known, stranger, ...more] = lines
  assert.deepEqual(more, [])
  const caller = { tenant: 'demo', studio: 123, activation: 1123 }
  const answer = { operation: 'getCustomerById', status: 404, errorCode: 'errormessage.customer.notFound' }
  assert.deepEqual(shown(known), { level: 30, trace: traceId, ...caller, ...answer })
  const refused = { operation: 'unknown', status: 401, errorCode: 'errormessage.auth.apiKeyInvalid' }
  assert.deepEqual(shown(stranger), { level: 30, trace: traceId, ...refused })
})

test('an unexpected error is logged with where it broke, and answered with its trace id alone', async () => {
  const { log, lines } = listener()
  await using app = await openTestApp({ log })
  await asSuperuser(app.url, (client) => client.query('drop table studio_tags cascade'))
  const answer = await app.get('/v1/studios/information')
  assert.equal(answer.status, 500)
  assert.deepEqual(Object.keys(answer.body).sort(), ['errorCode', 'errorMessage', 'traceId'])
  assert.match(answer.body.errorMessage, new RegExp(answer.body.traceId))
  assert.doesNotMatch(answer.text, /studio_tags|select|relation/i)
  const [failure] = lines
  assert.deepEqual([failure?.['level'], failure?.['trace'], failure?.['sqlState']], [50, answer.body.traceId, '42P01'])
})
