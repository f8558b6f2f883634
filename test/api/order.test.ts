import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { defined } from '../../src/platform/values/defined.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { manualTime } from '../support/manual-time.ts'
import { asSuperuser } from '../support/row-hashes.ts'

const TAGS = '/v1/studios/information/tags'
const CREATE = '/v1/customers/create'
const LIMIT = 12
const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const huge = 'x'.repeat(1024 * 1024 + 1)
const badKey = { 'idempotency-key': 'two words' }
const real = manualTime()

let app: TestApp
before(async () => {
  app = await openTestApp({ real, environment: { PALESTRA_RATELIMIT_DEFAULT: String(LIMIT) } })
})
after(() => app.close())

interface Mistakes {
  readonly url: string
  readonly method?: string
  readonly key?: string
  readonly headers?: Record<string, string>
  readonly payload?: string
}

async function send({ url, method = 'PUT', key, headers = {}, payload }: Mistakes) {
  const withKey = defined({ 'x-api-key': key })
  const {
    statusCode,
    body,
    headers: answered,
  } = await app.app.server.inject({
    method: method as 'PUT',
    url,
    headers: { ...withKey, ...headers },
    ...defined({ payload }),
  })
  return { status: statusCode, code: body === '' ? undefined : JSON.parse(body).errorCode, headers: answered }
}

/** Everything is wrong at first; each answer takes the mistake away that it named. */
test('of several mistakes the first in the order of the pipeline answers', async () => {
  const { key } = app.berlin
  const invalid = '[{"name":""},{"name":7}]'
  const steps: readonly (readonly [Mistakes, number, string])[] = [
    [{ url: '/v1/nothing', headers: form, payload: huge }, 401, 'auth.apiKeyMissing'],
    [{ url: '/v1/nothing', key: 'wrong', headers: json, payload: '{' }, 401, 'auth.apiKeyInvalid'],
    [{ url: '/v1/nothing', key, headers: json, payload: '{' }, 404, 'request.unknownPath'],
    [{ url: '/v1/nothing', key, headers: form, payload: huge }, 404, 'request.unknownPath'],
    [{ url: TAGS, method: 'POST', key, headers: json, payload: '{' }, 405, 'request.methodNotAllowed'],
    [{ url: TAGS, key, headers: { ...form, ...badKey }, payload: huge }, 415, 'request.contentType'],
    [{ url: TAGS, key, headers: { ...json, ...badKey }, payload: huge }, 413, 'request.tooLarge'],
    [{ url: TAGS, key, headers: { ...json, ...badKey }, payload: '[{' }, 400, 'request.malformed'],
    [{ url: TAGS, key, headers: { ...json, ...badKey }, payload: invalid }, 400, 'validation.required'],
    [{ url: TAGS, key, headers: { ...json, ...badKey }, payload: '[{"name":"unknown"}]' }, 400, 'idempotency.invalid'],
    [{ url: TAGS, key, headers: json, payload: '[{"name":"unknown"}]' }, 400, 'studio.tagUnknown'],
  ]
  for (const [mistakes, status, code] of steps) {
    const answer = await send(mistakes)
    assert.deepEqual(
      [answer.status, answer.code],
      [status, `errormessage.${code}`],
      JSON.stringify(mistakes).slice(0, 200),
    )
  }
})

test('a path that is no path is unknown, and strangers do not even learn that', async () => {
  for (const url of ['/v1/customers/%zz', '/v1/%zz']) {
    const stranger = await send({ url, method: 'GET' })
    assert.deepEqual([stranger.status, stranger.code], [401, 'errormessage.auth.apiKeyMissing'], url)
    const known = await send({ url, method: 'GET', key: app.berlin.key })
    assert.deepEqual([known.status, known.code], [404, 'errormessage.request.unknownPath'], url)
  }
})

test('the rate limit comes before scope and body, and every refusal says what is left', async () => {
  await asSuperuser(app.url, (client) => client.query(`update activations set scopes = '{CUSTOMER_READ}'`))
  real.pass({ seconds: 65 })
  const wrong = { url: CREATE, method: 'POST', key: app.berlin.key, headers: form, payload: '{' }
  const refused = await send(wrong)
  assert.deepEqual([refused.status, refused.code], [403, 'errormessage.auth.scopeMissing'])
  assert.equal(Number(refused.headers['x-ratelimit-remaining']), LIMIT - 1)
  for (let sent = 1; sent < LIMIT; sent++) await send(wrong)
  const limited = await send(wrong)
  assert.deepEqual([limited.status, limited.code], [429, 'errormessage.rateLimit.exceeded'])
  for (const name of ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after']) {
    assert.ok(limited.headers[name] !== undefined, name)
  }
})
