import assert from 'node:assert/strict'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { openTestApp, type TestApp } from '../support/app.ts'

const MEGABYTE = 1024 * 1024
let app: TestApp
let port: number
let key: string
before(async () => {
  app = await openTestApp()
  await app.app.server.listen({ host: '127.0.0.1', port: 0 })
  port = (app.app.server.server.address() as AddressInfo).port
  key = `Host: x\r\nX-Api-Key: ${app.berlin.key}\r\n`
})
after(() => app.close())

/** Statuses of all answers on the connection, and the codes of refusals. */
function statusesIn(text: string): string[] {
  const codes = [...text.matchAll(/HTTP\/1\.1 (\d+)|"errorCode":"errormessage\.([\w.]+)"/g)]
  return codes.map(([, status, code]) => status ?? code ?? '')
}

/** Sends the bytes, then asks once more whether the server lives, and answers what came when that is the last answer. */
function sendThenAsk(bytes: string | Buffer, end = false): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => {
      socket.write(bytes)
      const last = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
      if (end) socket.end()
      else socket.end(last)
    })
    let text = ''
    socket.setTimeout(10_000, () => socket.destroy(new Error(`The connection is deaf after: ${text}`)))
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    socket.on('error', reject)
    socket.on('end', () => {
      socket.destroy()
      resolve(statusesIn(text))
    })
  })
}

const request = (line: string, headers: string, body: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`${line} HTTP/1.1\r\n${key}${headers}Content-Length: ${body.length}\r\n\r\n`),
    Buffer.from(body),
  ])
const json = 'Content-Type: application/json\r\n'
const search = 'POST /v1/customers/search'
const form = (boundary: string) => `Content-Type: multipart/form-data; boundary=${boundary}\r\n`
const image = 'PUT /v1/customers/1/images'
const large = Buffer.alloc(8 * MEGABYTE, 0x20)

test('an encoded body is refused wherever it is sent, and the connection stays usable', async () => {
  for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'gzip, identity', 'utf-8']) {
    for (const line of ['GET /healthz', search, image, 'GET /docs/']) {
      const headers = `Content-Encoding: ${encoding}\r\n${line === search ? json : form('b')}`
      const answers = await sendThenAsk(request(line, headers, gzipSync('{}')))
      assert.deepEqual(answers, ['415', 'request.contentEncoding', '200'], `${line} ${encoding}`)
    }
  }
})

test('identity is no encoding, and without a body there is nothing to unpack', async () => {
  for (const [line, headers, body] of [
    ['GET /healthz', 'Content-Encoding: Identity\r\n', '{}'],
    ['GET /healthz', 'Content-Encoding: gzip\r\n', ''],
  ] as const) {
    assert.deepEqual(await sendThenAsk(request(line, headers, body)), ['200', '200'])
  }
})

test('a request that is answered before its end does not make the connection deaf', async () => {
  const cases: [string, Buffer, string[]][] = [
    ['no boundary', request(image, form(''), large), ['400', 'request.malformed', '200']],
    ['another boundary', request(image, form('x'), large), ['400', 'request.malformed', '200']],
    ['no parts', request(image, form('x'), '--x--\r\n'), ['400', 'validation.required', '200']],
    ['an unknown path', request('POST /v1/nothing', json, large), ['404', 'request.unknownPath', '200']],
    ['a wrong type', request(search, 'Content-Type: text/plain\r\n', large), ['415', 'request.contentType', '200']],
    ['a body that nobody reads', request('GET /healthz', '', large), ['200', '200']],
    ['too large a body', request(search, json, large), ['413', 'request.tooLarge', '200']],
    [
      'an upload that is too large',
      request(image, form('x'), Buffer.alloc(40 * MEGABYTE)),
      ['413', 'upload.tooLarge', '200'],
    ],
  ]
  for (const [name, bytes, answers] of cases) assert.deepEqual(await sendThenAsk(bytes), answers, name)
})

test('a body without a length that grows too large is answered as well', async () => {
  const chunk = Buffer.concat([
    Buffer.from(`${MEGABYTE.toString(16)}\r\n`),
    Buffer.alloc(MEGABYTE, 0x20),
    Buffer.from('\r\n'),
  ])
  const head = Buffer.from(`${search} HTTP/1.1\r\n${key}${json}Transfer-Encoding: chunked\r\n\r\n`)
  const bytes = Buffer.concat([head, ...Array<Buffer>(8).fill(chunk), Buffer.from('0\r\n\r\n')])
  assert.deepEqual(await sendThenAsk(bytes), ['413', 'request.tooLarge', '200'])
})

test('a client that closes its half of the connection gets its answer', async () => {
  const tags = Buffer.from(`GET /v1/studios/tags HTTP/1.1\r\n${key}\r\n`)
  assert.deepEqual(await sendThenAsk(tags, true), ['200'])
  assert.deepEqual(await sendThenAsk(request(search, json, '{"lastName":"Nobody"}'), true), ['200'])
})

test('a request that names two hosts is refused', async () => {
  const twice = Buffer.from('GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n')
  assert.deepEqual(await sendThenAsk(twice, true), ['400', 'request.invalidHttp'])
})

test('answers behind a key are kept by no cache, and none is guessed at', async () => {
  const readHeaders = async (path: string, headers: Record<string, string> = { 'x-api-key': app.berlin.key }) =>
    (await app.app.server.inject({ method: 'GET', url: path, headers })).headers
  const policy = ({ 'cache-control': cache, 'x-content-type-options': type }: Record<string, unknown>) => [cache, type]
  const tagged = await readHeaders('/v1/studios/tags')
  assert.ok(tagged.etag)
  assert.deepEqual(policy(tagged), ['private, no-cache', 'nosniff'])
  const again = { 'x-api-key': app.berlin.key, 'if-none-match': String(tagged.etag) }
  assert.deepEqual(policy(await readHeaders('/v1/studios/tags', again)), ['private, no-cache', 'nosniff'])
  const unknown = [
    await readHeaders('/v1/customers/1'),
    await readHeaders('/v1/studios/tags', {}),
    await readHeaders('/v1/%zz'),
  ]
  for (const headers of [...unknown, await readHeaders('/healthz')]) {
    assert.deepEqual(policy(headers), ['no-store', 'nosniff'])
  }
  const written = await app.delete('/v1/classes/booking/1')
  assert.deepEqual(policy(written.headers), ['no-store', 'nosniff'])
})
