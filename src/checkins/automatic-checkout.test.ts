import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNull } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { visitScene } from '../../test/support/scenes/visit-scene.ts'
import { withdrawSharing } from '../customers/index.ts'
import { saveOpeningHours } from '../studios/index.ts'
import { setVisitSettings, type VisitSettings } from './visit-settings.ts'
import { checkIns } from './tables.ts'

const time = (text: string) => Temporal.PlainTime.from(text)
const set = (app: TestApp, settings: VisitSettings) => app.write((work) => setVisitSettings(work, 123, settings))

async function automaticEvents(app: TestApp) {
  return (await listEvents(app)).filter(({ type }) => type === 'AUTOMATIC_CUSTOMER_CHECKOUT')
}

test('a job that comes late writes when the visit was due, over both changes of the clocks', async () => {
  for (const [begin, late, due] of [
    ['2025-10-26T01:30:00+02:00', '2025-10-26T08:00:00+01:00', '2025-10-26T03:30:00+01:00'],
    ['2026-03-29T01:30:00+01:00', '2026-03-29T08:00:00+02:00', '2026-03-29T05:30:00+02:00'],
  ] as const) {
    await using app = await openTestApp({ now: begin })
    const { member, enter, listVisits } = visitScene(app)
    await set(app, { autoCheckoutAfterMinutes: 180 })
    const customerId = await member({ from: '2025-01-01' })
    await enter(customerId)
    // Nothing runs on the way, as if the process had been down.
    await app.app.clocks.begin(app.berlin.tenantId, Temporal.Instant.from(late))
    assert.equal((await listVisits(customerId))[0]?.checkedOutAt, null)
    await app.travelTo(late)
    assert.deepEqual((await listVisits(customerId))[0]?.checkedOutAt, Temporal.Instant.from(due))
  }
})

test('a visit ends when it is due and sends one event; no CUSTOMER_CHECKOUT besides', async () => {
  await using app = await openTestApp({ now: '2026-03-29T00:30:00+01:00' })
  const { member, enter, listVisits, events, utilization } = visitScene(app)
  await set(app, { autoCheckoutAfterMinutes: 240 })
  const customerId = await member()
  await enter(customerId)
  await app.travelTo('2026-03-29T05:29:59+02:00')
  assert.equal(await utilization(), 1)
  await app.travelTo('2026-03-29T08:00:00+02:00')
  const [visit] = await listVisits(customerId)
  assert.equal(visit?.outSource, 'AUTOMATIC')
  assert.equal(visit.checkedOutAt?.toString(), '2026-03-29T03:30:00Z')
  const [event] = await automaticEvents(app)
  assert.deepEqual([event?.entityId, event?.audienceStudioIds], [123, [123]])
  assert.deepEqual(event?.content, { checkouts: [{ customerId, checkoutTime: '2026-03-29T03:30:00Z' }] })
  assert.equal(await utilization(), 0)
  assert.deepEqual(await events(), [`CHECKIN ${customerId}`, 'AUTOMATIC_CHECKOUT 123'])
  const ended = (await listAudit(app)).filter(({ action }) => action === 'visit.ended')
  assert.deepEqual(
    ended.map(({ entityId }) => entityId),
    [visit.id],
  )
})

test('at closing the end of the hours counts, also when the job runs later, and an exit after that finds nobody', async () => {
  await using app = await openTestApp({ now: '2026-06-15T21:10:00+02:00' })
  const { member, enter, leave, listVisits } = visitScene(app)
  const all = { kind: 'INTERNAL', dayFrom: 'MONDAY', dayTo: 'SUNDAY' } as const
  const hours = [{ ...all, timeFrom: time('06:00'), timeTo: time('23:00') }]
  await app.write((work) => saveOpeningHours(work, 123, { hours }))
  const customerId = await member()
  await enter(customerId)
  await app.travelTo('2026-06-15T23:20:00+02:00')
  // The rule comes after its moment, as if the process had been down.
  await set(app, { autoCheckoutAtClosing: true })
  await app.travelTo('2026-06-15T23:40:00+02:00')
  const [visit] = await listVisits(customerId)
  assert.equal(visit?.checkedOutAt?.toString(), '2026-06-15T21:00:00Z')
  assert.equal(await leave(customerId), undefined)
  assert.equal((await listEvents(app)).filter(({ type }) => type === 'CUSTOMER_CHECKOUT').length, 0)
  assert.equal((await automaticEvents(app)).length, 1)
})

test('one run puts 500 visits into an event, in the order of their ends; studios without rule keep theirs', async () => {
  await using app = await openTestApp()
  const { members, utilization } = visitScene(app)
  const customers = await members(503)
  const open = (customerId: number, n: number, studioId: number) => ({
    customerId,
    studioId,
    inSource: 'DEVICE' as const,
    createdAt: Temporal.Instant.from('2026-06-15T06:00Z'),
    checkedInAt: Temporal.Instant.from('2026-06-15T06:00Z').subtract({ minutes: n % 7 }),
  })
  await app.write(async (work) => {
    await work.tx.insert(checkIns).values(customers.slice(0, 501).map((id, n) => open(id, n, 123)))
    await work.tx.insert(checkIns).values(customers.slice(501).map((id, n) => open(id, n, 124)))
  })
  await app.travelTo('2026-06-15T10:00:00+02:00')
  await set(app, { autoCheckoutAfterMinutes: 90 })
  await app.travelTo('2026-06-15T10:00:01+02:00')
  assert.equal(await utilization(), 0)
  const events = (await automaticEvents(app)).map(
    ({ content }) => (content as { checkouts: { customerId: number; checkoutTime: string }[] }).checkouts,
  )
  assert.deepEqual(
    events.map((checkouts) => checkouts.length),
    [500, 1],
  )
  const checkedOut = events.flat()
  assert.equal(new Set(checkedOut.map(({ customerId }) => customerId)).size, 501)
  const keys = checkedOut.map(({ checkoutTime, customerId }) => `${checkoutTime} ${customerId}`)
  assert.deepEqual(keys, keys.toSorted())
  const left = await app.read(({ db }) => db.select().from(checkIns).where(isNull(checkIns.checkedOutAt)))
  assert.deepEqual(
    left.map(({ studioId }) => studioId),
    [124, 124],
  )
})

test('a partner receives nothing about a customer who is hidden from it', async () => {
  await using app = await openTestApp({ now: '2026-06-15T10:00:00+02:00' })
  const { member, enter } = visitScene(app)
  const [seen, hidden] = [await member(), await member()]
  for (const customerId of [seen, hidden]) await enter(customerId)
  await app.write((work) => withdrawSharing(work, hidden, app.berlin.integrationId))
  await set(app, { autoCheckoutAfterMinutes: 90 })
  await app.travelTo('2026-06-15T12:00:00+02:00')
  const checkouts = (customerId: number) => [{ customerId, checkoutTime: '2026-06-15T09:30:00Z' }]
  const checkedOut = (await automaticEvents(app)).map(({ content }) => content)
  assert.deepEqual(checkedOut, [{ checkouts: checkouts(seen) }, { checkouts: checkouts(hidden) }])
  const received = (await app.get('/ext/v1/events')).body.result as { type: string; content: unknown }[]
  assert.deepEqual(
    received.filter(({ type }) => type === 'AUTOMATIC_CUSTOMER_CHECKOUT').map(({ content }) => content),
    [{ checkouts: checkouts(seen) }],
  )
})

test('settings that cannot be are refused by their field', async () => {
  await using app = await openTestApp()
  await assert.rejects(set(app, { autoCheckoutAfterMinutes: 0 }), { code: 'errormessage.validation.min' })
  await assert.rejects(set(app, { capacity: 0 }), { code: 'errormessage.validation.min' })
  await set(app, { capacity: 5, enforceCapacity: true, autoCheckoutDailyAt: time('23:00') })
  assert.equal((await app.get('/v1/studios/utilization')).body.capacity, 5)
})
