import { test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp, type TestApp } from '../support/app.ts'

const CLOCK = '/admin/v1/clock'
const NOW = '2026-06-15T09:00:00.000+02:00[Europe/Berlin]'
const now = async (app: TestApp, as = app.berlin) => (await app.get(CLOCK, { as })).body.now

test('time is set and let pass for one tenant, and the others stay where they are', async () => {
  await using app = await openTestApp()
  const set = await app.put(CLOCK, { mode: 'FROZEN', now: '2026-06-20T10:00:00Z' })
  assert.deepEqual(set.body, { mode: 'FROZEN', now: '2026-06-20T12:00:00.000+02:00[Europe/Berlin]' })
  const later = await app.post(`${CLOCK}/advance`, { duration: 'P1DT30M' })
  assert.equal(later.body.now, '2026-06-21T12:30:00.000+02:00[Europe/Berlin]')
  assert.equal(await now(app, app.hamburg), later.body.now, 'a sister studio lives in the same time')
  assert.equal(await now(app, app.stranger), NOW)
})

test('a day that passes keeps the time of day, also when the clocks change', async () => {
  await using app = await openTestApp({ now: '2026-10-24T12:00:00+02:00' })
  const { body } = await app.post(`${CLOCK}/advance`, { duration: 'P1D' })
  assert.equal(body.now, '2026-10-25T12:00:00.000+01:00[Europe/Berlin]')
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
