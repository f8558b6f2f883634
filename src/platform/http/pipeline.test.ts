import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

test('without a key every path answers 401, known or not', async () => {
  for (const path of ['/v1/customers', '/v1/nothing/here']) {
    const answer = await app.app.server.inject({ method: 'GET', url: path })
    assert.equal(answer.statusCode, 401)
    assert.equal(answer.json().errorCode, 'errormessage.auth.apiKeyMissing')
  }
})

test('a wrong key, an empty key and two keys get the same answer', async () => {
  for (const key of ['wrong', '', 'pal_wh_x']) {
    const answer = await app.get('/v1/nothing', { headers: { 'x-api-key': key } })
    assert.equal(answer.status, 401)
    assert.equal(answer.body.errorCode, 'errormessage.auth.apiKeyInvalid')
  }
})

test('an unknown path is 404 for a caller with a key', async () => {
  const answer = await app.get('/v1/nothing')
  assert.deepEqual([answer.status, answer.body.errorCode], [404, 'errormessage.request.unknownPath'])
})

test('a wrong method is 405 and names the right ones', async () => {
  const answer = await app.call('PATCH', '/admin/v1/clock')
  assert.deepEqual([answer.status, answer.headers['allow']], [405, 'GET, PUT'])
})

test('HEAD under /v1 only says whether the key is good', async () => {
  assert.equal((await app.call('HEAD', '/v1/whatever/7')).status, 200)
  assert.equal((await app.call('HEAD', '/v1/whatever/7', { headers: { 'x-api-key': 'no' } })).status, 401)
})

test('the clock of a tenant stands at the frozen moment, in the zone of the studio', async () => {
  const answer = await app.get('/admin/v1/clock')
  assert.deepEqual(answer.body, { mode: 'FROZEN', now: '2026-06-15T09:00:00.000+02:00' })
})

test('Prefer: datetime=rfc3339 drops the zone in brackets and says so', async () => {
  const path = `/v1/customers/${await addCustomer(app)}`
  const read = async (prefer?: string) => {
    const { body, headers } = await app.get(path, { headers: prefer === undefined ? {} : { prefer } })
    return [body.createdDateTime, headers['preference-applied']]
  }
  const plain = '2026-06-15T09:00:00.000+02:00'
  assert.deepEqual(await read(), [`${plain}[Europe/Berlin]`, undefined])
  assert.deepEqual(await read('respond-async, datetime=RFC3339'), [plain, 'datetime=rfc3339'])
  assert.deepEqual(await read('datetime=contract'), [`${plain}[Europe/Berlin]`, 'datetime=contract'])
})

test('operations of our own answer plain RFC 3339, whatever is preferred', async () => {
  for (const prefer of ['datetime=contract', 'datetime=rfc3339', '']) {
    const { body, headers } = await app.get('/ext/v1/me', { headers: { prefer } })
    assert.deepEqual([body.clock.now, headers['preference-applied']], ['2026-06-15T09:00:00.000+02:00', undefined])
  }
})

test('a body that is no JSON, of another type, or missing, is refused by its own code', async () => {
  const put = (payload: string, type: string) =>
    app.app.server.inject({
      method: 'PUT',
      url: '/admin/v1/clock',
      payload,
      headers: { 'content-type': type, 'x-api-key': app.berlin.key },
    })
  const codes = await Promise.all([
    put('{', 'application/json'),
    put('a=1', 'application/x-www-form-urlencoded'),
    put('', 'application/json'),
    put(`"${'x'.repeat(2 ** 20)}"`, 'application/json'),
  ])
  assert.deepEqual(
    codes.map((answer) => [answer.statusCode, answer.json().errorCode]),
    [
      [400, 'errormessage.request.malformed'],
      [415, 'errormessage.request.contentType'],
      [400, 'errormessage.request.bodyMissing'],
      [413, 'errormessage.request.tooLarge'],
    ],
  )
})

test('every answer of an operation carries the rate limit', async () => {
  const answer = await app.get('/admin/v1/clock')
  assert.equal(answer.headers['x-ratelimit-limit'], '1000')
  assert.ok(Number(answer.headers['x-ratelimit-remaining']) < 1000)
})
