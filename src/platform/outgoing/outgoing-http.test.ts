import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { type Lookup, OutgoingHttp } from './outgoing-http.ts'
import { OutgoingError } from './outgoing-answer.ts'
import { targetPolicy } from './outgoing-targets.ts'

const strict = targetPolicy({ webhookAllowCidrs: [], demo: false })
const demo = targetPolicy({ webhookAllowCidrs: [], demo: true })
const post = { headers: { 'content-type': 'application/json' }, body: '{}', timeoutMs: 400, maxAnswerBytes: 64 * 1024 }
const publicAddress = '93.184.215.14'

async function receiver(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    server.close()
  }
  return { port, url: `http://127.0.0.1:${port}/hook?a=1`, [Symbol.asyncDispose]: close }
}

function client(policy = demo, lookup?: Lookup) {
  const http = new OutgoingHttp(policy, lookup)
  return Object.assign(http, { [Symbol.asyncDispose]: () => http.close() })
}

const findReason = (call: Promise<unknown>) =>
  call.then(
    () => 'ANSWERED',
    (error: unknown) => (error instanceof OutgoingError ? error.reason : String(error)),
  )

const forbidden = [
  'https://127.0.0.1/',
  'https://127.1/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://0/',
  'https://10.1.2.3/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://172.31.255.255/',
  'https://192.168.1.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:93.184.215.14]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:1::1]/',
  'https://[fe80::1]/',
  'https://[fc00::1]/',
  'https://[ff02::1]/',
]

for (const url of forbidden) {
  test(`${url} is not called`, async () => {
    await using http = client(strict)
    assert.equal(await http.judge(url), 'FORBIDDEN_ADDRESS')
    assert.equal(await findReason(http.postGuarded(url, post)), 'FORBIDDEN_ADDRESS')
  })
}

const judged = [
  ['https://93.184.215.14/', 'ALLOWED'],
  ['https://[2606:4700::1111]/', 'ALLOWED'],
  ['http://93.184.215.14/', 'NOT_HTTPS'],
  ['http://127.0.0.1/', 'NOT_HTTPS'],
  ['ftp://93.184.215.14/', 'NOT_HTTPS'],
  ['https://user:secret@93.184.215.14/', 'USER_INFO'],
  ['hook', 'URL_INVALID'],
  [`https://93.184.215.14/${'x'.repeat(2048)}`, 'URL_TOO_LONG'],
] as const

for (const [url, verdict] of judged) {
  test(`${url.slice(0, 60)} is judged ${verdict}`, async () => {
    await using http = client(strict)
    assert.equal(await http.judge(url), verdict)
  })
}

test('a name is refused when any of its addresses is private, and when it has none', async () => {
  const names: Record<string, string[]> = {
    'good.test': [publicAddress],
    'mixed.test': [publicAddress, '10.0.0.5'],
    'inside.test': ['fd00::1'],
  }
  await using http = client(strict, async (name) => names[name] ?? [])
  assert.equal(await http.judge('https://good.test/'), 'ALLOWED')
  assert.equal(await http.judge('https://mixed.test/'), 'FORBIDDEN_ADDRESS')
  assert.equal(await http.judge('https://inside.test/'), 'FORBIDDEN_ADDRESS')
  assert.equal(await http.judge('https://nowhere.test/'), 'NOT_RESOLVED')
})

test('the operator opens ranges; only there and on the demo machine may a call go without TLS', async () => {
  await using http = client(targetPolicy({ webhookAllowCidrs: ['10.20.0.0/16', 'fd00::/8'], demo: false }))
  assert.equal(await http.judge('http://10.20.0.7/'), 'ALLOWED')
  assert.equal(await http.judge('https://[fd00::7]/'), 'ALLOWED')
  assert.equal(await http.judge('https://10.21.0.7/'), 'FORBIDDEN_ADDRESS')
  assert.throws(() => targetPolicy({ webhookAllowCidrs: ['10.0.0.0/99'], demo: false }), /not a range/)
})

test('a name whose second answer is private is refused although a connection is open', async () => {
  await using server = await receiver((_, answer) => answer.end('ok'))
  const answers = ['127.0.0.1', '10.0.0.1']
  let asked = 0
  await using http = client(demo, async () => [answers[asked++] ?? ''])
  const url = `http://rebind.test:${server.port}/`
  assert.equal((await http.postGuarded(url, post)).status, 200)
  assert.equal(await findReason(http.postGuarded(url, post)), 'NOT_HTTPS')
  assert.equal(asked, 2)
})

test('the connection goes to the address that was judged', async () => {
  let host: string | undefined
  await using server = await receiver((request, answer) => {
    host = request.headers.host
    answer.end()
  })
  let asked = 0
  await using http = client(demo, async () => [['127.0.0.1'], ['93.184.215.14']][asked++] ?? [])
  assert.equal((await http.postGuarded(`http://once.test:${server.port}/`, post)).status, 200)
  assert.equal(host, `once.test:${server.port}`)
  assert.equal(asked, 1)
})

test('method, path, headers and body arrive as given', async () => {
  let seen: unknown
  await using server = await receiver((request, answer) => {
    void request.toArray().then((chunks) => {
      seen = [request.method, request.url, request.headers['x-api-key'], chunks.join('')]
      answer.statusCode = 202
      answer.end('x'.repeat(3000))
    })
  })
  await using http = client()
  const given = { ...post, headers: { 'x-api-key': 'k' }, body: '{"a":"ä"}' }
  const answer = await http.postGuarded(server.url, given)
  assert.deepEqual(seen, ['POST', '/hook?a=1', 'k', '{"a":"ä"}'])
  assert.deepEqual([answer.status, answer.firstKiB], [202, 'x'.repeat(1024)])
})

test('a redirect is not followed', async () => {
  let calls = 0
  await using server = await receiver((_, answer) => {
    calls += 1
    answer.writeHead(302, { location: '/elsewhere' }).end()
  })
  await using http = client()
  assert.equal((await http.postGuarded(server.url, post)).status, 302)
  assert.equal(calls, 1)
})

test('who does not answer in time is cut off', async () => {
  const closed: Promise<unknown>[] = []
  await using server = await receiver((request) => void closed.push(once(request.socket, 'close')))
  await using http = client()
  const startedAt = performance.now()
  assert.equal(await findReason(http.postGuarded(server.url, post)), 'TIMEOUT')
  assert.ok(performance.now() - startedAt < 2000)
  await Promise.all(closed)
  assert.equal(closed.length, 1)
})

test('a slow name server counts against the time of the call, and nothing is sent afterwards', async () => {
  let calls = 0
  await using server = await receiver((_, answer) => {
    calls += 1
    answer.end()
  })
  const gate = Promise.withResolvers<string[]>()
  await using http = client(demo, () => gate.promise)
  assert.equal(
    await findReason(http.postGuarded(`http://slow.test:${server.port}/`, { ...post, timeoutMs: 50 })),
    'TIMEOUT',
  )
  gate.resolve(['127.0.0.1'])
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(calls, 0)
})

test('an answer is known by its headers: an endless or huge body changes nothing', async () => {
  await using server = await receiver((request, answer) => {
    answer.writeHead(200)
    answer.write(request.url === '/huge' ? 'x'.repeat(500_000) : 'drip')
  })
  await using http = client()
  const drip = await http.postGuarded(`http://127.0.0.1:${server.port}/drip`, post)
  assert.deepEqual([drip.status, drip.firstKiB], [200, 'drip'])
  const startedAt = performance.now()
  assert.equal((await http.postGuarded(`http://127.0.0.1:${server.port}/huge`, post)).status, 200)
  assert.ok(performance.now() - startedAt < 350)
})

test('a refused or broken connection names its reason', async () => {
  await using server = await receiver((request) => request.socket.destroy())
  await using http = client()
  assert.equal(await findReason(http.postGuarded(server.url, post)), 'UND_ERR_SOCKET')
  assert.equal(await findReason(http.postGuarded('http://127.0.0.1:1/', post)), 'ECONNREFUSED')
})
