import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp } from '../../test/support/app.ts'
import { insertClass, insertSlot } from '../../test/support/scenes/booking-world.ts'
import { visitScene } from '../../test/support/scenes/visit-scene.ts'
import { restrictAccess } from '../customers/index.ts'
import { customers } from '../customers/customer-table.ts'
import { decideEntrance } from './access.ts'
import { saveOpeningHours, updateStudio } from '../studios/index.ts'
import { openingHourCategories } from '../studios/tables.ts'

test('the contract that got furthest says why the door stays shut; a pass opens it while visits are left', async () => {
  await using app = await openTestApp()
  const { guest, contract, access, entrance, pass, enter, leave, listVisits } = visitScene(app)
  const past = { from: '2025-06-01', lastDay: '2026-05-31' }
  const abroad = await guest()
  await contract(abroad, past)
  await contract(abroad, { studios: [124] })
  assert.equal(await access(abroad), 'studioNotIncluded')
  assert.equal(await access(abroad, 124), 'CONTRACT')
  const later = await guest()
  await contract(later, past)
  await contract(later, { from: '2026-07-01', lastDay: '2027-06-30', studios: [124] })
  assert.equal(await access(later), 'notStarted "2026-07-01"')
  const former = await guest()
  await contract(former, past)
  assert.equal(await access(former), 'ended "2026-05-31"')
  await pass(former)
  assert.equal(await access(former), 'PASS')
  assert.equal(await access(former, 124), 'ended "2026-05-31"')
  assert.equal(await enter(former), 'CHECKED_IN')
  await app.travelTo('2026-06-15T09:02:00+02:00')
  assert.equal(await entrance(former), 'OPEN_VISIT')
  assert.equal(await enter(former), 'REENTERED')
  await leave(former)
  assert.equal(await enter(former), 'ended "2026-05-31"')
  assert.equal((await listVisits(former)).length, 1)
  assert.equal(await access(await guest()), 'noEntitlement')
  assert.equal(await access(99), 'notFound 99')
})

test('a pass is never spent while a contract opens the door', async () => {
  await using app = await openTestApp()
  const { member, pass, enter, listVisits } = visitScene(app)
  const customerId = await member()
  await pass(customerId)
  assert.equal(await enter(customerId), 'CHECKED_IN')
  const [visit] = await listVisits(customerId)
  assert.ok(visit?.contractId)
  assert.equal(visit.passId, null)
})

test('a contract counts from its first day of use to its last day, by the date of the studio', async () => {
  await using app = await openTestApp({ now: '2026-06-14T23:59:59+02:00' })
  const { guest, contract, access } = visitScene(app)
  const customerId = await guest()
  await contract(customerId, { from: '2026-06-15', lastDay: '2026-06-15' })
  assert.equal(await access(customerId), 'notStarted "2026-06-15"')
  await app.travelTo('2026-06-15T00:00:00+02:00')
  assert.equal(await access(customerId), 'CONTRACT')
  await app.travelTo('2026-06-15T23:59:59+02:00')
  assert.equal(await access(customerId), 'CONTRACT')
  await app.travelTo('2026-06-16T00:00:00+02:00')
  assert.equal(await access(customerId), 'ended "2026-06-15"')
  const early = await guest()
  const contractId = await contract(early, { from: '2026-07-01' })
  await app.write((work) =>
    work.tx.execute(sql`update contracts set pre_use_date = '2026-06-16' where id = ${contractId}`),
  )
  assert.equal(await access(early), 'CONTRACT')
})

test('a pause keeps members out when its policy says so', async () => {
  await using app = await openTestApp()
  const { guest, contract, pause, access } = visitScene(app)
  const pausing = async (lastDay: string | null, policy?: object) => {
    const customerId = await guest()
    await pause(await contract(customerId), '2026-06-10', lastDay, policy)
    return access(customerId)
  }
  assert.equal(await pausing('2026-06-15'), 'idlePeriod "2026-06-15"')
  assert.equal(await pausing(null), 'idlePeriodOpen')
  assert.equal(await pausing('2026-06-14'), 'CONTRACT')
  assert.equal(await pausing('2026-06-20', { accessRefusal: false }), 'CONTRACT')
})

test('a time restriction is answered with its times', async () => {
  await using app = await openTestApp({ now: '2026-06-15T14:59:59+02:00' })
  const { guest, contract, access } = visitScene(app)
  const openingHourCategoryId = await app.write(async (work) => {
    const time = (text: string) => Temporal.PlainTime.from(text)
    const times = [{ day: 'MONDAY' as const, timeFrom: time('09:00'), timeTo: time('15:00') }]
    await saveOpeningHours(work, 123, { categories: [{ name: 'Off-Peak', times }] })
    const [category] = await work.tx.select().from(openingHourCategories)
    return category?.id as number
  })
  const customerId = await guest()
  await contract(customerId, { openingHourCategoryId })
  assert.equal(await access(customerId), 'CONTRACT')
  await app.travelTo('2026-06-15T15:00:00+02:00')
  const times = '[{"dayOfWeek":"MONDAY","timeFrom":"09:00:00","timeTo":"15:00:00"}]'
  assert.equal(await access(customerId), `timeRestricted ${times}`)
})

test('a limit of visits counts per ISO week or calendar month of the studio, and coming back is no visit', async () => {
  await using app = await openTestApp({ now: '2026-05-31T22:30:00+02:00' })
  const { member, enter, leave } = visitScene(app)
  const weekly = await member({ checkinLimit: { count: 2, unit: 'WEEK' } })
  const monthly = await member({ checkinLimit: { count: 1, unit: 'MONTH' } })
  for (const customerId of [weekly, monthly]) {
    assert.equal(await enter(customerId), 'CHECKED_IN')
    assert.equal(await enter(customerId), 'REENTERED')
    await leave(customerId)
  }
  assert.equal(await enter(weekly), 'CHECKED_IN')
  await leave(weekly)
  assert.equal(await enter(weekly), 'visitLimit 2')
  assert.equal(await enter(monthly), 'visitLimit 1')
  await app.travelTo('2026-06-01T00:00:00+02:00')
  assert.equal(await enter(weekly), 'CHECKED_IN')
  assert.equal(await enter(monthly), 'CHECKED_IN')
})

test('a restriction in force refuses before everything else, by the date of the home studio', async () => {
  await using app = await openTestApp({ now: '2026-03-28T22:59:59Z' })
  const { member, pass, access } = visitScene(app)
  const customerId = await member()
  await pass(customerId)
  const day = (text: string) => Temporal.PlainDate.from(text)
  const ban = {
    customerId,
    source: 'STAFF',
    reason: 'Fees',
    startDate: day('2026-03-29'),
    endDate: day('2026-03-31'),
  } as const
  await app.write((work) => restrictAccess(work, ban))
  assert.equal(await access(customerId), 'CONTRACT')
  await app.travelTo('2026-03-28T23:00:00Z')
  assert.equal(await access(customerId), 'restricted')
  await app.travelTo('2026-03-31T21:59:59Z')
  assert.equal(await access(customerId), 'restricted')
  await app.travelTo('2026-03-31T22:00:00Z')
  assert.equal(await access(customerId), 'CONTRACT')
})

test('who is erased is unknown', async () => {
  await using app = await openTestApp()
  const { member, access, enter } = visitScene(app)
  const customerId = await member()
  await app.write((work) => work.tx.update(customers).set({ erasedAt: work.now }))
  assert.equal(await access(customerId), `notFound ${customerId}`)
  assert.equal(await enter(customerId), `notFound ${customerId}`)
})

test('a booking opens the door from an hour before its start to its end, unless that is switched off', async () => {
  await using app = await openTestApp({ now: '2026-06-15T10:59:59+02:00' })
  const { guest, access, entrance, enter, leave } = visitScene(app)
  const customerId = await guest()
  const classSlotId = await app.write(async (work) => {
    const made = await insertClass(work, app.berlin)
    return insertSlot(work, { ...app.berlin, ...made }, '2026-06-15T12:00+02:00')
  })
  const { body } = await app.post('/v1/classes/booking/book', { customerId, classSlotId })
  assert.equal(body.bookingStatus, 'BOOKED')
  assert.equal(await access(customerId), 'noEntitlement')
  await app.travelTo('2026-06-15T11:00:00+02:00')
  assert.equal(await access(customerId), 'BOOKING')
  assert.equal(await access(customerId, 124), 'noEntitlement')
  assert.equal(await entrance(customerId, { admitBookings: false }), 'noEntitlement')
  assert.equal(await enter(customerId), 'CHECKED_IN')
  await app.travelTo('2026-06-15T12:45:00+02:00')
  assert.equal(await access(customerId), 'OPEN_VISIT')
  await leave(customerId)
  assert.equal(await access(customerId), 'noEntitlement')
  await app.travelTo('2026-06-15T12:50:00+02:00')
  await app.write((work) => updateStudio(work, 123, { admitBookings: false }))
  assert.equal(await access(customerId), 'noEntitlement')
})

test('opening hours may run over midnight, and the clock change makes nights longer or shorter', async () => {
  await using app = await openTestApp()
  const customerId = await visitScene(app).member()
  const time = (text: string) => Temporal.PlainTime.from(text)
  const local = (text: string) => Temporal.PlainDateTime.from(text)
  const saturday = { kind: 'INTERNAL', dayFrom: 'SATURDAY', dayTo: 'SATURDAY' } as const
  const hours = [{ ...saturday, timeFrom: time('22:00'), timeTo: time('06:00') }]
  const closings = [{ reason: 'Works', fromLocal: local('2026-11-07T20:00'), toLocal: local('2026-11-07T23:30') }]
  await app.write((work) => saveOpeningHours(work, 123, { hours, closings }))
  const isOpen = (at: string, enforceOpeningHours = true) =>
    app.read(async ({ db }) => {
      const question = { customerId, studioId: 123, now: Temporal.Instant.from(at) }
      const verdict = await decideEntrance(db, question, { enforceOpeningHours })
      if (!verdict.granted) assert.equal(verdict.refusal.reason, 'STUDIO_CLOSED')
      return verdict.granted
    })
  const expected = [
    ['2026-03-28T20:59:59Z', false],
    ['2026-03-28T21:00:00Z', true],
    ['2026-03-29T03:59:59Z', true],
    ['2026-03-29T04:00:00Z', false],
    ['2026-06-21T05:59:59+02:00', true],
    ['2026-06-21T06:00:00+02:00', false],
    ['2026-10-24T20:00:00Z', true],
    ['2026-10-25T04:59:59Z', true],
    ['2026-10-25T05:00:00Z', false],
    ['2026-11-07T23:00:00+01:00', false],
    ['2026-11-07T23:30:00+01:00', true],
  ] as const
  for (const [at, answer] of expected) assert.equal(await isOpen(at), answer, at)
  assert.equal(await isOpen('2026-11-07T23:00:00+01:00', false), true)
})
