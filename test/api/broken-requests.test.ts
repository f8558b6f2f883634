import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { type AddressInfo, connect } from 'node:net'
import { pino } from 'pino'
import { openTestApp, type TestApp } from '../support/app.ts'

const TAGS = 'PUT /v1/studios/information/tags HTTP/1.1'
const lines: Record<string, unknown>[] = []
let app: TestApp
let port: number
let key: string
before(async () => {
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  app = await openTestApp({ log, environment: { PALESTRA_PUBLIC_URL: 'https://api.gym.example' } })
  await app.app.server.listen({ host: '127.0.0.1', port: 0 })
  port = (app.app.server.server.address() as AddressInfo).port
  key = `Host: x\r\nX-Api-Key: ${app.berlin.key}\r\n`
})
after(() => app.close())

interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: any
}

const THINK_MS = 100

/** Sends these bytes, others a moment later, and answers everything that comes back until the server hangs up. */
function exchange(bytes: string, later = ''): Promise<readonly WireAnswer[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes)
      if (later !== '') setTimeout(() => socket.write(later), THINK_MS)
    })
    const received: Buffer[] = []
    socket.setTimeout(5000, () => socket.destroy(new Error('The server does not hang up.')))
    socket.on('data', (chunk: Buffer) => received.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(readAnswers(Buffer.concat(received).toString())))
  })
}

function readAnswers(text: string): WireAnswer[] {
  if (text === '') return []
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...fields] = text.slice(0, end).split('\r\n')
  const headers = Object.fromEntries(
    fields.map((field) => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 2)]),
  )
  const bytes = Buffer.from(text.slice(end + 4))
  const length = Number(headers['content-length'])
  const body = bytes.subarray(0, length).toString()
  const status = Number(/^HTTP\/1.1 (\d{3}) \w/.exec(first)?.[1])
  return [{ status, headers, body: body && JSON.parse(body) }, ...readAnswers(bytes.subarray(length).toString())]
}

function assertRefusal(answer: WireAnswer | undefined, status: number, code: string, language = 'en') {
  const { status: answered, headers, body } = answer ?? assert.fail('no answer')
  assert.deepEqual([answered, body.errorCode], [status, `errormessage.request.${code}`])
  assert.ok(body.errorMessage)
  assert.match(body.traceId, /^[0-9a-f]{32}$/)
  assert.equal(headers['x-trace-id'], body.traceId)
  assert.equal(headers['connection'], 'close')
  assert.equal(headers['content-language'], language)
  assert.equal(headers['content-type'], 'application/json; charset=utf-8')
  assert.equal(headers['strict-transport-security'], 'max-age=31536000')
}

const chunked = `${TAGS}\r\nHost: x\r\nTransfer-Encoding: chunked\r\n`
const broken: readonly (readonly [what: string, bytes: string, status: number, code: string])[] = [
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00', 400, 'invalidHttp'],
  ['an unknown method', 'FETCH / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'invalidHttp'],
  ['a header that is none', 'GET / HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n', 400, 'invalidHttp'],
  ['two lengths', 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400, 'invalidHttp'],
  ['length and chunks', `${chunked}Content-Length: 3\r\n\r\n`, 400, 'invalidHttp'],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400, 'invalidHttp'],
  ['a host that would be two', 'GET /healthz HTTP/1.1\r\nHost: a, b\r\n\r\n', 400, 'invalidHttp'],
  ['a host with a name before it', 'GET /healthz HTTP/1.1\r\nHost: a@b\r\n\r\n', 400, 'invalidHttp'],
  ['far too many headers', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headersTooLarge'],
  ['far too long an address', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'headersTooLarge'],
]
for (const [what, bytes, status, code] of broken) {
  test(`${what} is answered in the words of every other error, and the connection ends`, async () => {
    lines.length = 0
    const answers = await exchange(bytes)
    assert.equal(answers.length, 1)
    assertRefusal(answers[0], status, code)
    const logged = lines.map(({ trace, operation, status: sentStatus, errorCode }) => [
      trace,
      operation,
      sentStatus,
      errorCode,
    ])
    assert.deepEqual(logged, [[answers[0]?.body.traceId, 'unknown', status, `errormessage.request.${code}`]])
  })
}

test('a body that breaks after its headers were read is refused in the language of its sender, who learns the limit', async () => {
  const trace = '0af7651916cd43dd8448eb211c80319c'
  const known = `${key}Accept-Language: de\r\nTraceparent: 00-${trace}-b7ad6b7169203331-01\r\n`
  const head = `${TAGS}\r\n${known}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`
  for (const [chunk, status, code] of [
    ['not a length\r\n', 400, 'invalidHttp'],
    [`1;${'e'.repeat(20_000)}\r\n`, 413, 'tooLarge'],
  ] as const) {
    lines.length = 0
    const answers = await exchange(head, chunk)
    assert.equal(answers.length, 1)
    assertRefusal(answers[0], status, code, 'de')
    assert.equal(answers[0]?.body.traceId, trace)
    assert.ok(answers[0]?.headers['x-ratelimit-remaining'])
    assert.deepEqual(
      lines.map(({ operation, status: sentStatus }) => [operation, sentStatus]),
      [['updateStudioTags', status]],
    )
  }
})

test('what came whole before the broken bytes gets its own answer, and nothing follows it', async () => {
  const answers = await exchange(`GET /v1/studios/tags HTTP/1.1\r\n${key}\r\nnonsense\r\n\r\n`)
  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers['connection']]),
    [[200, 'close']],
  )
})

test('what has its answer already gets no second one when the rest of it breaks', async () => {
  const chunks = 'Transfer-Encoding: chunked\r\n'
  const answers = await exchange(`GET /v1/studios/tags HTTP/1.1\r\n${key}${chunks}\r\n`, 'not a length\r\n')
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200],
  )
})

test('a request that expects something unusual is answered all the same', async () => {
  const expecting = `GET /v1/studios/tags HTTP/1.1\r\n${key}Expect: the-unexpected\r\nConnection: close\r\n\r\n`
  assert.deepEqual(
    (await exchange(expecting)).map(({ status }) => status),
    [200],
  )
})

test('a client that takes us for a proxy is a stranger, or asks for an unknown path, and gets no tunnel', async () => {
  for (const [header, status, area, code] of [
    ['Host: x\r\nAccept-Language: de\r\n', 401, 'auth', 'apiKeyMissing'],
    ['', 400, 'request', 'invalidHttp'],
    [key, 404, 'request', 'unknownPath'],
  ] as const) {
    lines.length = 0
    const answers = await exchange(`CONNECT gym.example:443 HTTP/1.1\r\n${header}\r\n`, 'GET / HTTP/1.1\r\n\r\n')
    assert.deepEqual(
      answers.map((answer) => [answer.status, answer.body.errorCode, answer.headers['connection']]),
      [[status, `errormessage.${area}.${code}`, 'close']],
    )
    assert.equal(answers[0]?.headers['content-language'], status === 400 ? 'en' : 'de')
    assert.equal(answers[0]?.headers['x-ratelimit-limit'] !== undefined, status === 404)
    assert.deepEqual(
      lines.map(({ trace, status: sentStatus, errorCode }) => [trace, sentStatus, errorCode]),
      [[answers[0]?.body.traceId, status, `errormessage.${area}.${code}`]],
    )
  }
  const path = await exchange(`CONNECT /v1/studios/tags HTTP/1.1\r\n${key}\r\n`)
  assertRefusal(path[0], 405, 'methodNotAllowed', 'de')
  assert.equal(path[0]?.headers['allow'], 'GET')
})

test('a client that hangs up before the answer to a tunnel harms no other', async () => {
  for (let turn = 0; turn < 20; turn++) {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`CONNECT gym.example:443 HTTP/1.1\r\n${key}\r\n`)
        setTimeout(() => socket.resetAndDestroy(), turn % 4)
      })
      socket.on('close', () => resolve())
    })
  }
  assert.equal((await exchange('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).length, 1)
})

test('a client that wants another protocol is answered in this one', async () => {
  for (const protocol of ['websocket', 'h2c']) {
    const wish = `${key}Connection: Upgrade, close\r\nUpgrade: ${protocol}\r\n`
    const body = 'Content-Type: application/json\r\nContent-Length: 2\r\n\r\n[]'
    assert.deepEqual(
      (await exchange(`${TAGS}\r\n${wish}${body}`)).map(({ status, body: tags }) => [status, tags]),
      [[200, []]],
    )
    const [refused] = await exchange(`GET /v1/nothing HTTP/1.1\r\n${wish}\r\n`)
    assertRefusal(refused, 404, 'unknownPath', 'de')
  }
})

test('headers have ten seconds to arrive, a body thirty; a slower client is answered so', async () => {
  const { server } = app.app.server
  assert.deepEqual([server.headersTimeout, server.requestTimeout], [10_000, 30_000])
  Object.assign(server, { headersTimeout: 300, requestTimeout: 600 })
  const head = `${TAGS}\r\n${key}Content-Type: application/json\r\nContent-Length: 10\r\n`
  const [nothing, half, headers, body] = await Promise.all(
    ['', 'GET /v1', head, `${head}Accept-Language: de\r\n\r\n[{`].map((bytes) => exchange(bytes)),
  )
  assert.equal(nothing?.length, 1, 'who connects and stays silent')
  assertRefusal(nothing?.[0], 408, 'timeout')
  assertRefusal(half?.[0], 408, 'timeout')
  assertRefusal(headers?.[0], 408, 'timeout')
  assertRefusal(body?.[0], 408, 'timeout', 'de')
  assert.ok(body?.[0]?.headers['x-ratelimit-remaining'])
})
