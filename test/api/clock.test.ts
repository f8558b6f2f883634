import { test } from 'node:test'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { eq } from 'drizzle-orm'
import { activations } from '../../src/integrations/tables.ts'
import { openTestApp, type TestApp } from '../support/app.ts'

const CLOCK = '/admin/v1/clock'
const NOW = '2026-06-15T09:00:00.000+02:00'
const now = async (app: TestApp, as = app.berlin) => (await app.get(CLOCK, { as })).body.now

test('time is set and let pass for one tenant, and the others stay where they are', async () => {
  await using app = await openTestApp()
  const set = await app.put(CLOCK, { mode: 'FROZEN', now: '2026-06-20T10:00:00Z' })
  assert.deepEqual(set.body, { mode: 'FROZEN', now: '2026-06-20T12:00:00.000+02:00' })
  const later = await app.post(`${CLOCK}/advance`, { duration: 'P1DT30M' })
  assert.equal(later.body.now, '2026-06-21T12:30:00.000+02:00')
  assert.equal(await now(app, app.hamburg), later.body.now, 'a sister studio lives in the same time')
  assert.equal(await now(app, app.stranger), NOW)
})

test('a day that passes keeps the time of day, also when the clocks change', async () => {
  await using app = await openTestApp({ now: '2026-10-24T12:00:00+02:00' })
  const { body } = await app.post(`${CLOCK}/advance`, { duration: 'P1D' })
  assert.equal(body.now, '2026-10-25T12:00:00.000+01:00')
})

test('time never goes back', async () => {
  await using app = await openTestApp()
  const back = await app.put(CLOCK, { mode: 'FROZEN', now: '2026-06-15T06:59:59Z' })
  assert.deepEqual([back.status, back.body.errorCode], [400, 'errormessage.clock.backwards'])
  const impossible = await app.put(CLOCK, { mode: 'FROZEN', now: '2026-06-15T10:00:00' })
  assert.deepEqual([impossible.status, impossible.body.reference], [400, 'now'])
  assert.equal((await app.post(`${CLOCK}/advance`, { duration: '-P1D' })).status, 400)
  assert.equal(await now(app), NOW)
})

test('without the test clock there is nothing to move', async () => {
  await using app = await openTestApp({ environment: { PALESTRA_TEST_CLOCK: 'false' } })
  for (const [method, path] of [
    ['GET', CLOCK],
    ['PUT', CLOCK],
    ['POST', `${CLOCK}/advance`],
  ] as const) {
    assert.equal((await app.call(method, path, { body: { mode: 'SYSTEM', duration: 'P1D' } })).status, 404, path)
  }
})

test('every key reads the clock, and only one with the scope for it moves it', async () => {
  await using app = await openTestApp()
  const own = eq(activations.id, app.hamburg.activationId)
  await app.write(({ tx }) =>
    tx
      .update(activations)
      .set({ scopes: ['STUDIO_READ', 'CUSTOMER_WRITE'] })
      .where(own),
  )
  const as = app.hamburg
  assert.equal(await now(app, as), NOW)
  const advanced = await app.post(`${CLOCK}/advance`, { duration: 'P1D' }, { as })
  assert.deepEqual([advanced.status, advanced.body.args], [403, [['CLOCK_WRITE']]])
  assert.equal((await app.put(CLOCK, { mode: 'SYSTEM' }, { as })).status, 403)
  assert.equal(await now(app), NOW)
})

test('one step is 400 days at most, and what no clock can show is refused', async () => {
  await using app = await openTestApp()
  for (const duration of ['P400DT1S', 'P2Y', 'PT9601H', 'P9999Y', 'P300000Y', 'P99999999999999999999Y']) {
    const { status, body } = await app.post(`${CLOCK}/advance`, { duration })
    assert.deepEqual(
      [status, body.errorCode, body.reference, body.args],
      [400, 'errormessage.validation.dateRangeTooLong', 'duration', [400]],
      duration,
    )
  }
  const { status, body } = await app.put(CLOCK, { mode: 'FROZEN', now: '2027-07-20T09:00:01+02:00' })
  assert.deepEqual([status, body.errorCode, body.reference], [400, 'errormessage.validation.dateRangeTooLong', 'now'])
  for (const beyond of ['9999-12-31T23:59:59Z', '2200-01-01T00:00:00Z']) {
    assert.equal((await app.put(CLOCK, { mode: 'OFFSET', now: beyond })).status, 400, beyond)
  }
  assert.equal(await now(app), NOW)
})

/** How a client can leave: by a reset, or as a program that ends. */
const departures = ['resetAndDestroy', 'destroy'] as const

test('the clock stops where it is when the client that moves it leaves', async () => {
  await using app = await openTestApp()
  await app.app.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.app.server.server.address() as AddressInfo
  const body = '{"duration":"P390D"}'
  const head = `POST ${CLOCK}/advance HTTP/1.1\r\nhost: x\r\nx-api-key: ${app.berlin.key}\r\ncontent-type: application/json\r\n`
  for (const leave of departures) {
    const before = await app.app.clocks.read(app.berlin.tenantId)
    const client = connect(port, '127.0.0.1')
    await once(client, 'connect')
    client.write(`${head}content-length: ${body.length}\r\n\r\n${body}`)
    const moved = async () => (await app.app.clocks.read(app.berlin.tenantId)).now.since(before.now).total('hours')
    while ((await moved()) === 0) await new Promise((resolve) => setImmediate(resolve))
    client[leave]()
    while (app.platform.places.taken > 0) await new Promise((resolve) => setImmediate(resolve))
    const hours = await moved()
    assert.ok(hours > 0 && hours < 24 * 300, `${leave}: ${hours}`)
    assert.equal(await moved(), hours, 'it has stopped')
  }
})

test('a client that only ends its side gets the answer of the whole way', async () => {
  await using app = await openTestApp()
  await app.app.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.app.server.server.address() as AddressInfo
  const body = '{"duration":"P3D"}'
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  client.end(
    `POST ${CLOCK}/advance HTTP/1.1\r\nhost: x\r\nx-api-key: ${app.berlin.key}\r\ncontent-type: application/json\r\n` +
      `content-length: ${body.length}\r\n\r\n${body}`,
  )
  let text = ''
  for await (const chunk of client) text += String(chunk)
  assert.match(text, /HTTP\/1\.1 200 OK[^]*"now":"2026-06-18T09:00:00\.000\+02:00/)
})
