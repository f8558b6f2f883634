import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { defined } from '../../src/platform/values/defined.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { insertFullStudio, type StudioContents } from '../support/full/full-studio.ts'
import { asSuperuser } from '../support/row-hashes.ts'

let app: TestApp
let contents: StudioContents
before(async () => {
  app = await openTestApp()
  contents = await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000 })
})
after(() => app.close())

const TAGS = '/v1/studios/information/tags'
const putTags = (payload: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  app.sendRaw('PUT', TAGS, { headers, payload })
const refusal = ({ status, body }: { status: number; body: any }) => [status, body?.errorCode, body?.reference]

const negotiations: readonly (readonly [header: string | undefined, language: string])[] = [
  [undefined, 'de-CH'],
  ['', 'de-CH'],
  ['fr-LU', 'fr-LU'],
  ['de-LU', 'de'],
  ['pt-BR', 'en'],
  ['pt-BR, it;q=0.3', 'it'],
  ['en;q=0.5, DE_ch', 'de-CH'],
  ['*', 'de-CH'],
  ['nn-NO', 'nb'],
  ['de;q=0, fr', 'fr'],
  [';;;q=', 'de-CH'],
]
test('the language of an answer follows Accept-Language, then the studio', async () => {
  await using swiss = await openTestApp()
  await asSuperuser(swiss.url, (client) => client.query(`update studios set language_tag = 'de-CH'`))
  for (const [header, language] of negotiations) {
    const headers: Record<string, string> = defined({ 'accept-language': header })
    for (const [path, status] of [
      ['/v1/employees/7', 404],
      ['/v1/studios/tags', 200],
    ] as const) {
      const answer = await swiss.get(path, { headers })
      assert.deepEqual([answer.status, answer.headers['content-language']], [status, language], String(header))
    }
  }
  for (const [header, language] of negotiations) {
    const wish: Record<string, string> = defined({ 'accept-language': header })
    const stranger = await swiss.get('/v1/employees/7', { headers: { 'x-api-key': 'nobody', ...wish } })
    const expected = language === 'de-CH' && header !== 'en;q=0.5, DE_ch' ? 'en' : language
    assert.equal(stranger.headers['content-language'], expected, 'no studio is known: its language cannot count')
  }
})

test('caches can read that answers depend on language and preference', async () => {
  for (const path of ['/v1/studios/tags', '/v1/studios/information', '/v1/employees/7']) {
    const answer = await app.get(path)
    assert.match(String(answer.headers['vary']), /Accept-Language/, path)
    assert.ok(answer.headers['content-language'], path)
  }
})

test('an error names its code, its trace and the field to blame, in the language of the caller', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01`, 'accept-language': 'de' }
  const answer = await app.get('/v1/employees/abc', { headers })
  assert.deepEqual(refusal(answer), [400, 'errormessage.validation.type', 'id'])
  assert.equal(answer.body.traceId, traceId)
  assert.equal(answer.headers['x-trace-id'], traceId)
  assert.equal(answer.headers['content-language'], 'de')
  const english = await app.get('/v1/employees/abc', { headers: { 'accept-language': 'en' } })
  assert.notEqual(english.body.errorMessage, answer.body.errorMessage)
  assert.match(english.body.traceId, /^[0-9a-f]{32}$/)
})

const named = [
  ['/v1/employees', 'id', 'employee'],
  ['/v1/customers', 'customerId', 'customer'],
  ['/v1/classes', 'classId', 'class'],
  ['/v1/appointments/booking', 'bookingId', 'booking'],
] as const
test('ids that are no integers are wrong, ids that cannot exist are unknown', async () => {
  for (const [path, parameter, entity] of named) {
    assert.deepEqual(refusal(await app.get(`${path}/abc`)), [400, 'errormessage.validation.type', parameter])
    for (const id of ['0', '-7', '9007199254740992', '99999999999999999999']) {
      const answer = await app.get(`${path}/${id}`)
      assert.deepEqual(
        [answer.status, answer.body.errorCode],
        [404, `errormessage.${entity}.notFound`],
        `${path}/${id}`,
      )
    }
  }
})

test('several failures are all listed, in the order of the schema', async () => {
  const answer = await putTags(JSON.stringify([{ name: 1 }, {}, { name: [] }]))
  assert.deepEqual(refusal(answer), [400, 'errormessage.validation.required', '[1].name'])
  assert.deepEqual(
    answer.body.violations.map(({ reference, errorCode }: any) => [reference, errorCode]),
    [
      ['[1].name', 'errormessage.validation.required'],
      ['[2].name', 'errormessage.validation.type'],
    ],
  )
})

test('trailing and double slashes and unknown parameters do no harm, upper case does', async () => {
  for (const path of ['/v1/studios/tags/', '//v1//studios///tags', '/v1/studios/tags?colour=red&x[]=1&%zz']) {
    assert.equal((await app.get(path)).status, 200, path)
  }
  const answer = await app.get('/v1/Studios/tags')
  assert.deepEqual(refusal(answer), [404, 'errormessage.request.unknownPath', undefined])
})

test('a path that cannot be read, or holds far too much, is refused like any other', async () => {
  const stranger = { headers: { 'x-api-key': 'nobody' } }
  for (const [path, status, code] of [
    ['/v1/employees/%zz', 404, 'errormessage.request.unknownPath'],
    [`/v1/employees/${'x'.repeat(5000)}`, 400, 'errormessage.validation.type'],
    [`/v1/${'x'.repeat(5000)}`, 404, 'errormessage.request.unknownPath'],
  ] as const) {
    const answer = await app.get(path)
    assert.deepEqual([answer.status, answer.body.errorCode], [status, code])
    assert.equal((await app.get(path, stranger)).status, 401)
  }
})

test('a wrong method names the right ones, whatever the path holds', async () => {
  const cases = [
    ['POST', '/v1/studios/tags', 'GET'],
    ['DELETE', '/v1/employees/7', 'GET'],
    ['GET', '/v1/studios/confirmActivation/', 'POST'],
    ['PATCH', TAGS, 'PUT'],
  ] as const
  for (const [method, path, allow] of cases) {
    const answer = await app.call(method, path)
    assert.deepEqual([answer.status, answer.headers['allow']], [405, allow], `${method} ${path}`)
    assert.equal(answer.body.errorCode, 'errormessage.request.methodNotAllowed')
  }
})

test('OPTIONS needs no key and offers no other origin anything', async () => {
  for (const method of ['OPTIONS', 'GET'] as const) {
    const answer = await app.app.server.inject({
      method,
      url: '/v1/studios/tags',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET' },
    })
    assert.equal(answer.statusCode, method === 'OPTIONS' ? 204 : 401)
    assert.deepEqual(
      Object.keys(answer.headers).filter((name) => name.startsWith('access-control')),
      [],
    )
  }
})

test('origins that the operator names are let in, others are not', async () => {
  await using open = await openTestApp({ environment: { PALESTRA_CORS_ORIGINS: 'https://front.example' } })
  const allowed = async (origin: string) =>
    (await open.get('/v1/studios/tags', { headers: { origin } })).headers['access-control-allow-origin']
  assert.equal(await allowed('https://front.example'), 'https://front.example')
  assert.equal(await allowed('https://elsewhere.example'), undefined)
})

test('a scalar parameter twice is refused, a blank one is absent', async () => {
  const twice = await app.get('/v1/employees?sliceSize=10&sliceSize=20')
  assert.deepEqual([twice.status, twice.body.reference], [400, 'sliceSize'])
  assert.equal((await app.get('/v1/employees?sliceSize=')).status, 200)
})

test('null is absent, unknown properties and those of prototypes are dropped', async () => {
  const missing = await putTags('[{"name":null}]')
  assert.deepEqual(refusal(missing), [400, 'errormessage.validation.required', '[0].name'])
  const hostile = await putTags(
    `[{"name":"${contents.tag}","colour":"red","__proto__":{"name":"x"},"constructor":{"prototype":{"polluted":true}}}]`,
  )
  assert.deepEqual([hostile.status, hostile.body], [200, [{ name: contents.tag }]])
  assert.equal(({} as { polluted?: boolean }).polluted, undefined)
})

test('a body too deep, too large, broken, missing, or of another kind has an answer of its own', async () => {
  const deep = `[{"name":"a","x":${'['.repeat(30)}${']'.repeat(30)}}]`
  const cases = [
    [await putTags(deep), 400, 'errormessage.request.malformed'],
    [await putTags(`"${'x'.repeat(1024 * 1024)}"`), 413, 'errormessage.request.tooLarge'],
    [await putTags('{"name":'), 400, 'errormessage.request.malformed'],
    [await putTags('null'), 400, 'errormessage.request.bodyMissing'],
    [await putTags(''), 400, 'errormessage.request.bodyMissing'],
    [
      await putTags('a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'errormessage.request.contentType',
    ],
    [await putTags('[]', { 'content-type': 'text/plain' }), 415, 'errormessage.request.contentType'],
    [await putTags('7'), 400, 'errormessage.validation.type'],
  ] as const
  for (const [answer, status, code] of cases) assert.deepEqual([answer.status, answer.body.errorCode], [status, code])
})

test('a list of more than a thousand entries is refused', async () => {
  const many = await putTags(JSON.stringify(Array.from({ length: 1001 }, (_, n) => ({ name: `t${n}` }))))
  assert.deepEqual([many.status, many.body.errorCode], [400, 'errormessage.validation.maxItems'])
})

test('large answers are compressed for clients that can read that', async () => {
  const plain = await app.app.server.inject({ method: 'GET', url: '/openapi.json' })
  const packed = async (encoding: string) =>
    app.app.server.inject({ method: 'GET', url: '/openapi.json', headers: { 'accept-encoding': encoding } })
  const gzip = await packed('gzip')
  const brotli = await packed('gzip, br')
  assert.equal(gzip.headers['content-encoding'], 'gzip')
  assert.equal(brotli.headers['content-encoding'], 'br')
  assert.equal(gunzipSync(gzip.rawPayload).toString(), plain.body)
  assert.equal(brotliDecompressSync(brotli.rawPayload).toString(), plain.body)
  assert.match(String(brotli.headers['vary']), /accept-encoding/i)
})

test('a compressed answer of an operation keeps the other reasons to vary', async () => {
  await asSuperuser(app.url, (client) =>
    client.query(
      `insert into tags (tenant_id, name, created_at) select 2, 'many ' || n, '2026-06-15Z' from generate_series(1, 200) as n`,
    ),
  )
  const answer = await app.app.server.inject({
    method: 'GET',
    url: '/v1/studios/tags',
    headers: { 'x-api-key': app.stranger.key, 'accept-encoding': 'br' },
  })
  assert.equal(answer.headers['content-encoding'], 'br')
  assert.equal(JSON.parse(brotliDecompressSync(answer.rawPayload).toString()).length, 200)
  assert.match(String(answer.headers['vary']), /Accept-Language.*accept-encoding/i)
})

test('an unchanged answer is not sent again', async () => {
  const first = await app.get('/v1/studios/information')
  const etag = String(first.headers['etag'])
  assert.match(etag, /^W\/".+"$/)
  for (const tags of [etag, `"other", ${etag}`, '*']) {
    const again = await app.get('/v1/studios/information', { headers: { 'if-none-match': tags } })
    assert.deepEqual([again.status, again.text, again.headers['etag']], [304, '', etag], tags)
  }
  const german = await app.get('/v1/studios/information', { headers: { 'if-none-match': 'W/"other"' } })
  assert.equal(german.status, 200)
})

test('an operation without a body in its declaration answers with neither body nor content type', async () => {
  const answer = await app.post('/v1/studios/confirmActivation')
  assert.deepEqual([answer.status, answer.text, answer.headers['content-type']], [200, '', undefined])
})

test('Accept is ignored: the answer is JSON', async () => {
  const answer = await app.get('/v1/studios/tags', { headers: { accept: 'application/xml' } })
  assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'application/json; charset=utf-8'])
})

test('the key is asked for before the path, the scope before the body', async () => {
  const stranger = { 'x-api-key': 'nobody' }
  for (const path of ['/v1/nothing', '/v1/studios/tags', '/ext/v1/nothing', '/nothing']) {
    assert.equal((await app.get(path, { headers: stranger })).status, 401, path)
  }
  await using narrow = await openTestApp()
  await asSuperuser(narrow.url, (client) => client.query(`update activations set scopes = '{CUSTOMER_READ}'`))
  const answer = await narrow.sendRaw('PUT', TAGS, { headers: { 'content-type': 'text/plain' }, payload: '{' })
  assert.deepEqual(refusal(answer), [403, 'errormessage.auth.scopeMissing', undefined])
  assert.deepEqual(answer.body.typedArgs, [{ value: ['STUDIO_WRITE'], type: 'PERMISSION_LIST' }])
  const unscoped = await narrow.post('/v1/studios/confirmActivation')
  assert.equal(unscoped.status, 200, 'confirming needs no scope')
})
