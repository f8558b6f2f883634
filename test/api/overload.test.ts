import { test } from 'node:test'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { openTestApp, type TestApp } from '../support/app.ts'
import { meetWaiting } from '../support/lock-waiters.ts'
import { type ManualTime, manualTime } from '../support/manual-time.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { insertCustomer } from '../support/scenes/booking-world.ts'
import { classScene } from '../support/scenes/class-scene.ts'
import type { TestStudio } from '../support/scenes/world.ts'

const TAGS = '/v1/studios/tags'
const environment = { PALESTRA_DATABASE_CONNECTIONS: '4' }

/** Listens, so that what happens on real connections happens. Four connections to the database, eight places. */
async function openServer(options: Parameters<typeof openTestApp>[0] = {}) {
  const app = await openTestApp({ environment, ...options })
  await app.app.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.app.server.server.address() as AddressInfo
  const send = async (path: string, { as = app.berlin, ...init }: RequestInit & { readonly as?: TestStudio } = {}) => {
    const headers = { 'x-api-key': as.key, ...(init.body ? { 'content-type': 'application/json' } : {}) }
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers })
    const body: any = await answer.json().catch(() => undefined)
    return { status: answer.status, body, retryAfter: answer.headers.get('retry-after') }
  }
  return { ...app, port, send, [Symbol.asyncDispose]: app.close }
}

async function until(condition: () => boolean) {
  for (let tries = 0; tries < 2000 && !condition(); tries++) await new Promise((resolve) => setTimeout(resolve, 1))
  assert.ok(condition(), String(condition))
}

async function pass({ platform }: TestApp, ms: number) {
  for (let passed = 0; passed < ms; passed += 50) {
    ;(platform.real as ManualTime).pass({ milliseconds: 50 })
    platform.places.refuseLate()
  }
}

test('a storm loses nothing: all are answered, refusals say when to come back, and then the next one is served', async () => {
  await using app = await openServer({ real: manualTime() })
  const { places } = app.platform
  assert.equal((await app.send(TAGS)).status, 200)
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('lock table customers in access exclusive mode')
    const answers = Promise.all(Array.from({ length: 40 }, () => app.send('/v1/customers')))
    await until(() => places.taken === 8 && places.waiting('BULK') === 32)
    await pass(app, 1600)
    await client.query('rollback')
    const counts = Object.groupBy(await answers, ({ status }) => status)
    assert.deepEqual([counts[200]?.length, counts[503]?.length], [8, 32])
    for (const { body, retryAfter } of counts[503] ?? []) {
      assert.equal(body.errorCode, 'errormessage.service.overloaded')
      assert.ok(Number(retryAfter) >= 1 && Number(retryAfter) <= 5)
    }
  })
  assert.equal((await app.send('/v1/customers')).status, 200)
  assert.deepEqual([places.taken, places.waiting('BULK')], [0, 0])
})

test('one partner with sixty writes of one customer takes neither connections nor places from others', async () => {
  await using app = await openServer()
  const { places, database } = app.platform
  const customerId = await app.write((unit) => insertCustomer(unit, app.berlin))
  const body = JSON.stringify({ reason: 'unpaid' })
  const write = () => app.send(`/v1/customers/${customerId}/access-restrictions`, { method: 'PUT', body })
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('select from customers where id = $1 for update', [customerId])
    const flood = Promise.all(Array.from({ length: 60 }, write))
    await meetWaiting(app.url)
    await until(() => places.waiting('NORMAL') === 59)
    assert.deepEqual([places.taken, database.pool.waiting], [1, 0])
    for (const as of [app.stranger, app.berlin]) assert.equal((await app.send(TAGS, { as })).status, 200)
    await client.query('commit')
    await flood
  })
  assert.deepEqual([places.taken, places.waiting('NORMAL')], [0, 0])
})

test('a storm on one slot is judged in turn, and others are served meanwhile', async () => {
  await using app = await openServer()
  const scene = classScene(app)
  const { classSlotId } = await scene.arrange({}, { maxParticipants: 5, maxWaiting: 0 })
  const customers = await scene.customers(40)
  const book = (customerId: number) =>
    app.send('/v1/classes/booking/book', { method: 'POST', body: JSON.stringify({ customerId, classSlotId }) })
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('select from class_slots where id = $1 for update', [classSlotId])
    const storm = Promise.all(customers.map(book))
    await meetWaiting(app.url)
    await until(() => app.platform.places.waiting('CRITICAL') === 39)
    assert.equal((await app.send(TAGS)).status, 200)
    await client.query('commit')
    const booked = (await storm).filter(({ status }) => status === 200)
    assert.equal(booked.length, 5)
  })
})

test('a process that is held up refuses nobody', async () => {
  await using app = await openServer()
  await app.send(TAGS)
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('lock table customers in access exclusive mode')
    const answers = Promise.all(Array.from({ length: 12 }, () => app.send('/v1/customers')))
    await until(() => app.platform.places.waiting('BULK') === 4)
    const began = performance.now()
    // Longer than the patience of a list.
    while (performance.now() - began < 1700);
    await client.query('rollback')
    assert.deepEqual(new Set((await answers).map(({ status }) => status)), new Set([200]))
  })
})

test('a client that hangs up leaves the queue, and one that breaks off its body gives its place back', async () => {
  await using app = await openServer()
  const { places } = app.platform
  const head = `x-api-key: ${app.berlin.key}\r\nhost: x\r\n`
  const broken = connect(app.port, '127.0.0.1')
  broken.write(
    `PUT /v1/studios/information/tags HTTP/1.1\r\n${head}content-type: application/json\r\ncontent-length: 100\r\n\r\n[`,
  )
  await until(() => places.taken === 1)
  broken.destroy()
  await until(() => places.taken === 0)
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('lock table tags in access exclusive mode')
    const answers = Promise.all(Array.from({ length: 8 }, () => app.send(TAGS)))
    await until(() => places.taken === 8)
    const impatient = connect(app.port, '127.0.0.1')
    await once(impatient, 'connect')
    impatient.write(`GET ${TAGS} HTTP/1.1\r\n${head}\r\n`)
    await until(() => places.waiting('NORMAL') === 1)
    // A client that only ends its side may still want the answer.
    impatient.resetAndDestroy()
    await until(() => places.waiting('NORMAL') === 0)
    await client.query('rollback')
    assert.ok((await answers).every(({ status }) => status === 200))
  })
  assert.equal(places.taken, 0)
})

test('clients that break off in whatever way leave no place taken behind them', async () => {
  await using app = await openServer()
  const { places } = app.platform
  const customerId = await app.write((unit) => insertCustomer(unit, app.berlin))
  const head = `x-api-key: ${app.berlin.key}\r\nhost: x\r\n`
  const write = `PUT /v1/customers/${customerId}/access-restrictions HTTP/1.1\r\n${head}content-type: application/json\r\n`
  const requests = [
    `GET ${TAGS} HTTP/1.1\r\n${head}\r\n`,
    `GET ${TAGS} HTTP/1.1\r\n${head}\r\nGET ${TAGS} HTTP/1.1\r\n${head}\r\n`,
    `${write}content-length: 19\r\n\r\n{"reason":"unpaid"}`,
    `${write}content-length: 99\r\n\r\n{"reason":`,
    `GET ${TAGS} HTTP/1.1\r\n${head}\r\nno http at all`,
  ]
  const ways: ((socket: Socket) => unknown)[] = [
    (socket) => socket.destroy(),
    (socket) => socket.resetAndDestroy(),
    (socket) => socket.end(),
  ]
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('lock table tags, access_restrictions in access exclusive mode')
    const sockets = requests.flatMap((text) =>
      Array.from({ length: 6 }, () => {
        const socket = connect(app.port, '127.0.0.1').on('error', () => undefined)
        socket.write(text)
        return socket
      }),
    )
    await until(() => places.taken === 8 && places.waiting('NORMAL') > 6)
    sockets.forEach((socket, n) => ways[n % ways.length]?.(socket))
    await new Promise((resolve) => setTimeout(resolve, 50))
    await client.query('rollback')
  })
  await until(() => places.taken === 0 && places.waiting('NORMAL') === 0)
  assert.equal((await app.send(TAGS)).status, 200)
})

test('who follows a link waits for a place like others, and gives it back', async () => {
  await using app = await openServer()
  const { places } = app.platform
  await asSuperuser(app.url, async (client) => {
    await client.query('begin')
    await client.query('lock table files in access exclusive mode')
    const answers = Promise.all(Array.from({ length: 10 }, () => app.send('/files/1?exp=1&kid=x&sig=y')))
    await until(() => places.taken === 8 && places.waiting('NORMAL') === 2)
    await client.query('rollback')
    assert.deepEqual(new Set((await answers).map(({ status }) => status)), new Set([403]))
  })
  assert.equal(places.taken, 0)
})
