import { after, test } from 'node:test'
import assert from 'node:assert/strict'
import { pino } from 'pino'
import { openTestApp, type TestApp } from '../support/app.ts'
import { manualTime } from '../support/manual-time.ts'

const TAGS = '/v1/studios/tags'
const FRONT = 'https://front.example'
const apps: TestApp[] = []
after(async () => {
  for (const app of apps) await app.close()
})

async function open(environment: Record<string, string> = {}): Promise<TestApp> {
  const app = await openTestApp({ environment, real: manualTime() })
  apps.push(app)
  return app
}

const ask = (
  app: TestApp,
  method: 'GET' | 'OPTIONS',
  headers: Record<string, string>,
  remoteAddress = '198.51.100.1',
) => app.app.server.inject({ method, url: TAGS, headers, remoteAddress })

test('a browser of a named origin may send every method and read what an answer says in its headers', async () => {
  const app = await open({ PALESTRA_CORS_ORIGINS: FRONT })
  for (const method of ['PUT', 'DELETE', 'POST', 'GET']) {
    const preflight = await ask(app, 'OPTIONS', {
      origin: FRONT,
      'access-control-request-method': method,
      'access-control-request-headers': 'x-api-key,idempotency-key,if-match',
    })
    assert.equal(preflight.statusCode, 204)
    assert.ok(String(preflight.headers['access-control-allow-methods']).split(', ').includes(method))
    assert.equal(preflight.headers['access-control-allow-headers'], 'x-api-key,idempotency-key,if-match')
  }
  assert.equal((await ask(app, 'OPTIONS', { origin: FRONT })).statusCode, 204)
  const answer = await ask(app, 'GET', { origin: FRONT, 'x-api-key': app.berlin.key })
  assert.equal(answer.headers['access-control-allow-origin'], FRONT)
  for (const name of ['etag', 'retry-after', 'x-ratelimit-reset', 'idempotency-replayed', 'x-result-truncated']) {
    assert.ok(String(answer.headers['access-control-expose-headers']).split(', ').includes(name), name)
  }
  assert.match(String(answer.headers['vary']), /Origin/, 'a cache must not show it to another origin')
  assert.match(String(answer.headers['vary']), /Accept-Language, Prefer/)
})

const ownPages = ['http://localhost:3000', 'https://localhost', 'http://127.0.0.1:5173', 'http://[::1]:4000']
const otherPages = ['https://localhost.evil.example', 'http://127.0.0.1.evil.example', 'http://192.168.0.7', 'null']

test('in the demo a page of this machine may call, whatever its port; pages of others may not', async () => {
  const demo = await open()
  const real = await open({
    PALESTRA_DEMO: 'false',
    PALESTRA_TEST_CLOCK: 'false',
    PALESTRA_SECRET_KEY: 'a secret of at least thirty-two characters',
  })
  const allowed = async (app: TestApp, origin: string) =>
    (await ask(app, 'OPTIONS', { origin, 'access-control-request-method': 'GET' })).headers[
      'access-control-allow-origin'
    ]
  for (const origin of ownPages) {
    assert.equal(await allowed(demo, origin), origin)
    assert.equal(await allowed(real, origin), undefined, origin)
  }
  for (const origin of otherPages) assert.equal(await allowed(demo, origin), undefined, origin)
})

test('an origin that is not named gets an answer without a word on origins', async () => {
  const app = await open({ PALESTRA_CORS_ORIGINS: FRONT })
  for (const method of ['OPTIONS', 'GET'] as const) {
    const headers = { origin: 'https://elsewhere.example', 'x-api-key': app.berlin.key }
    const answer = await ask(app, method, { ...headers, 'access-control-request-method': 'PUT' })
    assert.equal(answer.statusCode, method === 'OPTIONS' ? 204 : 200)
    assert.deepEqual(
      Object.keys(answer.headers).filter((name) => name.startsWith('access-control')),
      [],
    )
  }
})

test('browsers are asked to stay with https where the public address is https', async () => {
  const secure = await open({ PALESTRA_PUBLIC_URL: 'https://api.gym.example' })
  const plain = await open()
  const headerOn = async (app: TestApp, url: string) =>
    (await app.app.server.inject({ method: 'GET', url })).headers['strict-transport-security']
  for (const url of ['/healthz', TAGS, '/v1/nothing', '/v1/%zz']) {
    assert.equal(await headerOn(secure, url), 'max-age=31536000', url)
    assert.equal(await headerOn(plain, url), undefined, url)
  }
})

/** Thirty wrong keys from one address, as the header names it, then one more from there and one from another address. */
async function statusAfterGuesses(app: TestApp, proxy: string) {
  const guess = (from: string) => ask(app, 'GET', { 'x-api-key': 'pal_in_guess', 'x-forwarded-for': from }, proxy)
  for (let n = 0; n < 30; n++) await guess('203.0.113.9')
  const [same, other] = [await guess('203.0.113.9'), await guess('203.0.113.10')]
  const good = await ask(app, 'GET', { 'x-api-key': app.berlin.key, 'x-forwarded-for': '203.0.113.9' }, proxy)
  assert.equal(good.statusCode, 200, 'guesses of others lock no partner out')
  return [same.statusCode, other.statusCode]
}

test('the address that a proxy forwards counts only if the proxy is trusted', async () => {
  const trusting = await open({ PALESTRA_TRUSTED_PROXIES: '10.1.0.0/16' })
  assert.deepEqual(await statusAfterGuesses(trusting, '10.1.2.3'), [429, 401])
  assert.deepEqual(await statusAfterGuesses(trusting, '10.2.2.3'), [429, 429])
  assert.deepEqual(await statusAfterGuesses(await open(), '10.1.2.3'), [429, 429])
})

test('a proxy that nobody has named is written to the log once, and a trusted one is not', async () => {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const app = await openTestApp({ environment: { PALESTRA_TRUSTED_PROXIES: '10.1.0.0/16' }, real: manualTime(), log })
  apps.push(app)
  const forwarded = { 'x-api-key': app.berlin.key, 'x-forwarded-for': '203.0.113.9' }
  await ask(app, 'GET', forwarded, '10.1.2.3')
  await ask(app, 'GET', { 'x-api-key': app.berlin.key }, '10.2.2.4')
  assert.deepEqual(lines, [])
  for (const proxy of ['10.2.2.3', '10.2.2.3', '10.2.2.4']) await ask(app, 'GET', forwarded, proxy)
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).peer),
    ['10.2.2.3', '10.2.2.4'],
  )
  assert.doesNotMatch(lines.join(), /203\.0\.113/, 'the caller is not named')
})

test('the host that a proxy forwards counts only if the proxy is trusted', async () => {
  const app = await open({ PALESTRA_TENANT_HOSTS: 'strict', PALESTRA_TRUSTED_PROXIES: '10.1.0.0/16' })
  const forwarded = { 'x-api-key': app.berlin.key, host: 'inside', 'x-forwarded-host': 'demo.open-api.example' }
  assert.equal((await ask(app, 'GET', forwarded, '10.1.2.3')).statusCode, 200)
  assert.equal((await ask(app, 'GET', forwarded, '10.2.2.3')).statusCode, 401)
})
