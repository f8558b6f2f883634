import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
before(async () => void (app = await openTestApp({ environment: { PALESTRA_RATELIMIT_DEFAULT: '100000' } })))
after(() => app.close())

const MALFORMED = [400, 'errormessage.request.malformed']
const halves = ['"\\ud800"', '"a\\udfffb"', '{"a":"\\udc00\\ud800"}', '{"\\ud834":1}', '[["\\uD83D"]]']
const escaped = ['%ED%A0%80', 'a%ED%BF%BFb', '%F0%9F', 'M%FCller', '%C0%80']

/** Every operation of partners with its path filled in. */
const operations = () =>
  app.app.operations
    .filter(({ path }) => !path.startsWith('/open-api/device') && !path.startsWith('/admin'))
    .map((operation) => ({ ...operation, url: operation.path.replaceAll(/\{\w+\}/g, '1') }))

test('half a character in a body is refused by every operation, wherever it stands and whatever it would be', async () => {
  let tried = 0
  for (const { method, url, body } of operations()) {
    if (body === undefined) continue
    for (const payload of halves) {
      const answer = await app.sendRaw(method, url, { headers: { 'content-type': 'application/json' }, payload })
      assert.deepEqual([answer.status, answer.body?.errorCode], MALFORMED, `${method} ${url} ${payload}`)
      tried += 1
    }
  }
  assert.ok(tried > 100, `${tried} requests`)
})

test('whole characters outside of the first plane are text in any spelling', async () => {
  for (const payload of ['{"lastName":"\\ud83d\\ude00"}', JSON.stringify({ lastName: '😀' })]) {
    const headers = { 'content-type': 'application/json' }
    const answer = await app.sendRaw('POST', '/v1/customers/search', { headers, payload })
    assert.notEqual(answer.body?.errorCode, MALFORMED[1])
  }
})

test('a body that is no UTF-8 is refused, and not stored with other characters', async () => {
  for (const bytes of ['7b2261223a22eda08022 7d', '7b2261223a22fc227d']) {
    const payload = Buffer.from(bytes.replaceAll(' ', ''), 'hex')
    const headers = { 'content-type': 'application/json' }
    const answer = await app.sendRaw('POST', '/v1/customers/search', { headers, payload })
    assert.deepEqual([answer.status, answer.body?.errorCode], MALFORMED, bytes)
  }
})

test('a URL whose escapes are no text is refused by every operation; a percent sign alone is one', async () => {
  for (const { method, url } of operations()) {
    for (const text of escaped) {
      const answer = await app.call(method, `${url}?customerNumber=${text}`)
      assert.deepEqual([answer.status, answer.body?.errorCode], MALFORMED, `${method} ${url} ${text}`)
    }
  }
  for (const text of escaped) {
    const answer = await app.get(`/v1/employees/${text}`)
    assert.deepEqual([answer.status, answer.body?.errorCode], MALFORMED, text)
  }
  assert.equal((await app.get('/v1/studios/tags?x=100%&y=%C3%BC')).status, 200)
})

test('U+0000 is refused as well', async () => {
  const answer = await app.post('/v1/customers/search', { lastName: 'a\0b' })
  assert.equal(answer.status, 400)
})
