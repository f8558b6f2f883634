import { test } from 'node:test'
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { issueKey, revokeKey, rotateKey } from '../../src/integrations/index.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { type ManualTime, manualTime } from '../support/manual-time.ts'
import { asSuperuser, rowHashes } from '../support/row-hashes.ts'
import { openSecondApp } from '../support/second-app.ts'

const statusWith = async (app: TestApp, key = app.berlin.key) =>
  (await app.get('/v1/studios/tags', { headers: { 'x-api-key': key } })).status

/** Changes rows behind the application's back: no process is notified. */
const silently = (app: TestApp, statement: string) => asSuperuser(app.url, (client) => client.query(statement))

async function until(app: TestApp, key: string, status: number): Promise<number> {
  const started = performance.now()
  while ((await statusWith(app, key)) !== status) {
    assert.ok(performance.now() - started < 2000, `still not ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return performance.now() - started
}

const deps = (app: TestApp) => ({ secrets: app.platform.secrets, realNow: app.platform.real.now() })
const issue = (app: TestApp) => app.write((work) => issueKey(work, app.berlin.activationId, 'INBOUND', deps(app)))

test('a key revoked in one process is refused by another at once, because it is notified', async () => {
  const real = manualTime()
  await using app = await openTestApp({ real })
  await using other = await openSecondApp(app, { real })
  const { keyId, key } = await issue(app)
  assert.deepEqual([await statusWith(app, key), await statusWith(other, key)], [200, 200])
  await app.write((work) => revokeKey(work, keyId, real.now()))
  const waitedMs = await until(other, key, 401)
  console.log(`revocation reached the other process after ${waitedMs.toFixed(0)} ms`)
})

test('where no notification arrives, a revoked key is trusted for five seconds and not a moment longer', async () => {
  const real = manualTime()
  await using app = await openTestApp({ real })
  assert.equal(await statusWith(app), 200)
  await silently(app, `update api_keys set status = 'REVOKED', revoked_at = '2026-06-15T12:00Z'`)
  real.pass({ milliseconds: 4999 })
  assert.equal(await statusWith(app), 200)
  real.pass({ milliseconds: 1 })
  assert.equal(await statusWith(app), 401)
})

test('both keys of a rotation are good until the grace time of the older one ends', async () => {
  const real = manualTime()
  await using app = await openTestApp({ real })
  const renewed = await app.write((work) =>
    rotateKey(work, app.berlin.activationId, { kind: 'INBOUND', graceDays: 7 }, deps(app)),
  )
  real.pass({ hours: 7 * 24 - 1, minutes: 59, seconds: 59, milliseconds: 999 })
  assert.deepEqual([await statusWith(app), await statusWith(app, renewed.key)], [200, 200])
  real.pass({ milliseconds: 1 })
  assert.deepEqual([await statusWith(app), await statusWith(app, renewed.key)], [401, 200])
})

const closings = {
  'an expired key': `update api_keys set expires_at = '2026-06-15T12:00:05Z'`,
  'a suspended activation': `update activations set status = 'SUSPENDED'`,
  'a suspended tenant': `update tenants set status = 'SUSPENDED'`,
  'a closed studio': `update studios set status = 'CLOSED'`,
}
for (const [what, statement] of Object.entries(closings)) {
  test(`${what} gets the same 401 as a key that never was`, async () => {
    const real = manualTime()
    await using app = await openTestApp({ real })
    assert.equal(await statusWith(app), 200)
    await silently(app, statement)
    real.pass({ seconds: 5 })
    const refused = await app.get('/v1/studios/tags')
    const unknown = await app.get('/v1/studios/tags', { headers: { 'x-api-key': 'pal_in_nobody' } })
    assert.equal(refused.status, 401)
    assert.deepEqual({ ...refused.body, traceId: '' }, { ...unknown.body, traceId: '' })
    assert.deepEqual(headerNames(refused.headers), headerNames(unknown.headers))
  })
}

const headerNames = (headers: object) => Object.keys(headers).sort()

test('a key counts in its header only, once, trimmed, whatever the case of its name', async () => {
  await using app = await openTestApp()
  const { server } = app.app
  const { key } = app.berlin
  const get = async (url: string, headers: Record<string, string | string[]>) =>
    (await server.inject({ method: 'GET', url, headers })).statusCode
  assert.equal(await get('/v1/studios/tags', { 'X-Api-Key': `  ${key} ` }), 200)
  assert.equal(await get('/v1/studios/tags', {}), 401)
  assert.equal(await get('/v1/studios/tags', { 'x-api-key': '' }), 401)
  assert.equal(await get('/v1/studios/tags', { 'x-api-key': [key, key] }), 401)
  for (const parameter of ['x-api-key', 'X-API-KEY', 'apiKey', 'api_key']) {
    assert.equal(await get(`/v1/studios/tags?${parameter}=${key}`, {}), 401)
  }
})

test('a webhook key opens no door', async () => {
  await using app = await openTestApp()
  const issued = await app.write((work) => issueKey(work, app.berlin.activationId, 'WEBHOOK', deps(app)))
  assert.equal(await statusWith(app, issued.key), 401)
})

test('with strict tenant hosts a key works under the name of its tenant only', async () => {
  await using app = await openTestApp({ environment: { PALESTRA_TENANT_HOSTS: 'strict' } })
  const on = async (host: string) => (await app.get('/v1/studios/tags', { headers: { host } })).status
  assert.equal(await on('demo.open-api.example.org'), 200)
  assert.equal(await on('other.open-api.example.org'), 401)
  assert.equal(await on('localhost'), 401)
})

function guess(app: TestApp, ip: string, key = 'pal_in_guess') {
  return app.app.server.inject({
    method: 'GET',
    url: '/v1/studios/tags',
    remoteAddress: ip,
    headers: { 'x-api-key': key },
  })
}

async function guessThirtyTimes(app: TestApp, makeIp: (n: number) => string) {
  for (let n = 0; n < 30; n++) assert.equal((await guess(app, makeIp(n))).statusCode, 401)
}

test('thirty wrong keys of one address close it for a minute, but not for a good key', async () => {
  const real = manualTime()
  await using app = await openTestApp({ real })
  await guessThirtyTimes(app, () => '203.0.113.9')
  const refused = await guess(app, '203.0.113.9')
  assert.deepEqual([refused.statusCode, refused.headers['retry-after']], [429, '60'])
  const { statusCode } = await app.app.server.inject({ url: '/v1/studios/tags', remoteAddress: '203.0.113.9' })
  assert.equal(statusCode, 429, 'no key at all')
  assert.equal((await guess(app, '203.0.113.9', app.berlin.key)).statusCode, 200)
  assert.equal((await guess(app, '203.0.113.10')).statusCode, 401)
  real.pass({ seconds: 60 })
  assert.equal((await guess(app, '203.0.113.9')).statusCode, 401)
})

test('wrong keys spread over more than a minute close nobody', async () => {
  const real: ManualTime = manualTime()
  await using app = await openTestApp({ real })
  for (let n = 0; n < 40; n++) {
    assert.equal((await guess(app, '203.0.113.9')).statusCode, 401)
    real.pass({ seconds: 3 })
  }
})

test('the addresses of one IPv6 household count together, however they are written', async () => {
  await using app = await openTestApp({ real: manualTime() })
  await guessThirtyTimes(app, (n) => `2001:db8::${n.toString(16)}`)
  assert.equal((await guess(app, '2001:db8:0:0:ffff:1:2:3')).statusCode, 429)
  assert.equal((await guess(app, '2001:db8:0:1::1')).statusCode, 401)
})

test('HEAD on any path says whether the key is good, and writes nothing', async () => {
  const real = manualTime()
  await using app = await openTestApp({ real })
  const hashes = () => rowHashes(app.url, undefined, [])
  const untouched = await hashes()
  const paths = ['/v1/studios/tags', '/v1/studios/confirmActivation', '/v1/nothing/at/all', '/v1/customers/1?x=%']
  for (const path of paths) {
    const answer = await app.call('HEAD', path)
    assert.deepEqual([answer.status, answer.text], [200, ''], path)
    assert.equal((await app.call('HEAD', path, { headers: { 'x-api-key': 'pal_in_guess' } })).status, 401)
  }
  assert.equal((await app.app.server.inject({ method: 'HEAD', url: '/v1/studios/tags' })).statusCode, 401)
  // Whatever is stored about a key is written beside the request.
  await sleep(100)
  assert.deepEqual(await hashes(), untouched)
  await app.get('/v1/studios/tags')
  const { api_keys: unused, ...others } = untouched
  for (let wait = 0; wait < 100 && (await hashes())['api_keys'] === unused; wait++) await sleep(20)
  const { api_keys: used, ...othersAfter } = await hashes()
  assert.notEqual(used, unused, 'the control: any other request is recorded')
  assert.deepEqual(othersAfter, others)
})

test('HEAD has a bucket of its own, of a thousand a minute', async () => {
  await using app = await openTestApp({ real: manualTime(), environment: { PALESTRA_RATELIMIT_DEFAULT: '2' } })
  for (let sent = 0; sent < 1000; sent++) assert.equal((await app.call('HEAD', '/v1/x')).status, 200)
  const answer = await app.call('HEAD', '/v1/y')
  assert.deepEqual([answer.status, answer.headers['x-ratelimit-limit']], [429, '1000'])
  assert.equal((await app.get('/v1/studios/tags')).headers['x-ratelimit-remaining'], '1')
})
