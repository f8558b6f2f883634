import { after, before, beforeEach, test } from 'node:test'
import assert from 'node:assert/strict'
import { and, eq, sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { insertClass, insertEmployee, insertResource } from '../../test/support/scenes/booking-world.ts'
import { classScene } from '../../test/support/scenes/class-scene.ts'
import { blockResource } from '../resources/index.ts'
import {
  bookForCustomer,
  cancelForCustomer,
  confirmClassBooking,
  declineBooking,
  promoteByHand,
  setAttendance,
} from './staff-bookings.ts'
import { cancelSlot, changeSlot } from './slot-planning/slot-changes.ts'
import { createBookingRule, createClass, updateClass } from './classes.ts'
import { planSlot } from './slot-planning/slot-planning.ts'
import { resourceAllocations } from '../resources/tables.ts'

let app: TestApp
let scene: ReturnType<typeof classScene>
before(async () => {
  app = await openTestApp({ now: '2026-03-16T09:00+01:00' })
  scene = classScene(app)
})
after(() => app.close())

/** Each test has its slots on another day, so that rooms and customers never meet those of another test. */
let day = Temporal.PlainDate.from('2026-03-18')
beforeEach(() => {
  day = day.add({ days: 1 })
})
const at = (time: string) => day.toPlainDateTime(time).toZonedDateTime('Europe/Berlin').toString().slice(0, 22)
const instant = (time: string) => Temporal.Instant.from(at(time))

const refusal = (code: string) => (error: Error) => error.message === `errormessage.${code}`

test('a collision of a room or an instructor is refused unless staff put up with it', async () => {
  const { classId, locationId, employeeId } = await app.write(async (work) => {
    const made = await insertClass(work, app.berlin)
    const locationId = await insertResource(work, app.berlin)
    const employeeId = await insertEmployee(work, app.berlin)
    await insertResource(work, app.berlin, { kind: 'EMPLOYEE', employeeId, name: null })
    return { ...made, locationId, employeeId }
  })
  const plan = (time: string, more: object, options = {}) =>
    app.write((work) => planSlot(work, { classId, start: instant(time), ...more }, options))
  await plan('10:00', { locationId, instructors: [{ employeeId }] })
  await plan('10:45', { locationId })
  const taken = refusal('booking.resourceNotAvailable')
  await assert.rejects(plan('10:30', { locationId }), taken)
  await assert.rejects(plan('09:30', { instructors: [{ employeeId }] }), taken)
  await assert.rejects(
    app.write((work) => blockResource(work, locationId, { from: instant('11:00'), until: instant('12:00') })),
    taken,
  )
  const forced = await plan('10:30', { locationId }, { override: true })
  const rows = await app.read(({ db }) =>
    db.select().from(resourceAllocations).where(eq(resourceAllocations.sourceId, forced)),
  )
  assert.deepEqual(
    rows.map(({ exclusive }) => exclusive),
    [false],
  )
  await app.write((work) => cancelSlot(work, forced))
  const [freed] = await app.read(({ db }) =>
    db.select().from(resourceAllocations).where(eq(resourceAllocations.sourceId, forced)),
  )
  assert.equal(freed?.active, false)
})

test('changing a slot sends partners one event, and none when nothing changes', async () => {
  const { classSlotId } = await scene.arrange({}, {}, at('10:00'))
  const [anna, ben] = await app.write(async (work) => [
    await insertEmployee(work, app.berlin, 'Anna'),
    await insertEmployee(work, app.berlin, 'Ben'),
  ])
  const standIn = [{ employeeId: ben as number, standInFor: anna as number }]
  for (let k = 0; k < 2; k++) {
    await app.write((work) => changeSlot(work, classSlotId, { start: instant('11:00'), instructors: standIn }))
  }
  assert.deepEqual(await scene.listEvents(classSlotId), ['CLASS_SLOT_UPDATED 0'])
  const stale = app.write((work) => changeSlot(work, classSlotId, { maxParticipants: 1 }, { version: 0 }))
  await assert.rejects(stale, refusal('concurrentModification'))
})

test('more seats, or fewer anonymous heads, go to the waiting list', async () => {
  const slot = { maxParticipants: 1, maxWaiting: 3, additionalParticipants: 0 }
  const { classId, classSlotId } = await scene.arrange({}, slot, at('10:00'))
  const [one = 0, two = 0, three = 0] = await scene.customers(3)
  await scene.mustBook(one, classSlotId)
  const waiting = [
    await scene.mustBook(two, classSlotId, 'WAITING_LIST'),
    await scene.mustBook(three, classSlotId, 'WAITING_LIST'),
  ]
  await app.write((work) => changeSlot(work, classSlotId, { maxParticipants: 3, additionalParticipants: 1 }))
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [2, 1, 1])
  await app.write((work) => changeSlot(work, classSlotId, { additionalParticipants: 0 }))
  for (const booking of waiting) assert.equal(await scene.findStatus(booking), 'BOOKED')
})

test('a canceled slot cancels its bookings, one event each, and is gone from the list', async () => {
  const { classId, classSlotId } = await scene.arrange({}, { maxParticipants: 1, maxWaiting: 1 }, at('10:00'))
  const [one = 0, two = 0] = await scene.customers(2)
  const booked = await scene.mustBook(one, classSlotId)
  const waiting = await scene.mustBook(two, classSlotId, 'WAITING_LIST')
  for (let k = 0; k < 2; k++) await app.write((work) => cancelSlot(work, classSlotId))
  const { bookingStatus, classSlotStatus } = await scene.read(booked)
  assert.deepEqual([bookingStatus, classSlotStatus], ['CANCELED', 'CANCELED'])
  const events = await scene.listEvents(booked, waiting, classSlotId)
  assert.deepEqual(events.slice(2), [
    'CLASS_SLOT_CANCELLED 2',
    'CLASS_BOOKING_CANCELLED 0',
    'CLASS_BOOKING_CANCELLED 1',
  ])
  assert.equal((await app.get(`/v1/classes/${classId}/slots/${classSlotId}`)).status, 404)
  assert.equal(await scene.validate(one, classSlotId), 'NOT_AVAILABLE')
})

test('staff book beyond the maximum and out of turn, where they say so', async () => {
  const { classId, classSlotId } = await scene.arrange({}, { maxParticipants: 1, maxWaiting: 1 }, at('10:00'))
  const [one = 0, two = 0, three = 0] = await scene.customers(3)
  await scene.mustBook(one, classSlotId)
  const waiting = await scene.mustBook(two, classSlotId, 'WAITING_LIST')
  const wish = { customerId: three, classSlotId }
  await assert.rejects(
    app.write((work) => bookForCustomer(work, wish)),
    refusal('booking.bookingLimitReached'),
  )
  const forced = await app.write((work) => bookForCustomer(work, wish, { broken: ['CAPACITY'] }))
  assert.equal(forced.status, 'BOOKED')
  await assert.rejects(
    app.write((work) => promoteByHand(work, waiting)),
    refusal('booking.bookingLimitReached'),
  )
  await app.write((work) => promoteByHand(work, waiting, { broken: ['CAPACITY'] }))
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [3, 0, 0])
  assert.deepEqual(await scene.listEvents(waiting), ['CLASS_BOOKING_CREATED 0', 'CLASS_BOOKING_UPDATED 0'])
  await app.write((work) => cancelForCustomer(work, forced.bookingId))
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [2, 0, 0])
  const [audit] = await app.read(({ db }) =>
    db
      .select({ diff: sql<any>`diff` })
      .from(sql`audit_log`)
      .where(and(sql`entity_id = ${forced.bookingId}`, sql`action = 'booking.created'`)),
  )
  assert.deepEqual(audit?.diff.broken, [null, ['CAPACITY']])
})

test('what staff force may overlap, what the API books may not', async () => {
  const first = await scene.arrange({}, {}, at('10:00'))
  const second = await scene.arrange({}, {}, at('10:15'))
  const customerId = await scene.customer()
  await scene.mustBook(customerId, first.classSlotId)
  const wish = { customerId, classSlotId: second.classSlotId }
  const force = { broken: ['OTHER_BOOKING'] as const }
  assert.equal((await app.write((work) => bookForCustomer(work, wish, force))).status, 'BOOKED')
})

test('attendance is sent once per change, and only of bookings that hold a seat', async () => {
  const { classSlotId } = await scene.arrange({}, { maxParticipants: 1, maxWaiting: 1 }, at('10:00'))
  const [one = 0, two = 0] = await scene.customers(2)
  const booking = await scene.mustBook(one, classSlotId)
  const waiting = await scene.mustBook(two, classSlotId, 'WAITING_LIST')
  for (let k = 0; k < 2; k++) await app.write((work) => setAttendance(work, booking, 'PARTICIPATING'))
  assert.equal((await scene.read(booking)).participantStatus, 'PARTICIPATING')
  assert.deepEqual(await scene.listEvents(booking), ['CLASS_BOOKING_CREATED 0', 'CLASS_BOOKING_UPDATED 0'])
  const early = app.write((work) => setAttendance(work, waiting, 'PARTICIPATING'))
  await assert.rejects(early, refusal('booking.onWaitingList'))
})

test('staff confirm or decline what waits for them', async () => {
  const { classId, classSlotId } = await scene.arrange({ rule: { staffConfirmation: true } }, {}, at('10:00'))
  const [one = 0, two = 0] = await scene.customers(2)
  const pending = [
    await scene.mustBook(one, classSlotId, 'BOOKED_WITH_CONFIRMATION_REQUIRED'),
    await scene.mustBook(two, classSlotId, 'BOOKED_WITH_CONFIRMATION_REQUIRED'),
  ] as const
  const confirm = (bookingId: number) => app.write((work) => confirmClassBooking(work, { bookingId, studioId: null }))
  assert.deepEqual([await confirm(pending[0]), await confirm(pending[0])], ['CONFIRM', 'ALREADY_CONFIRMED'])
  await app.write((work) => declineBooking(work, pending[1]))
  assert.equal(await confirm(pending[1]), 'CANCELED')
  const events = await scene.listEvents(...pending)
  assert.deepEqual(events, ['CLASS_BOOKING_CREATED 0', 'CLASS_BOOKING_CANCELLED 1'])
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [1, 0, 0])
})

test('a class that staff set up can be booked, and hidden again', async () => {
  const { studioId } = app.berlin
  const { classId, classSlotId } = await app.write(async (work) => {
    const ruleId = await createBookingRule(work, studioId, { requiresActiveContract: false, allowForeign: false })
    const { serviceId } = await insertClass(work, app.berlin)
    const shape = {
      studioId,
      serviceId,
      ruleId,
      title: 'Pilates',
      type: 'STUDIO',
      durationMin: 50,
      defaultMax: 4,
    } as const
    const classId = await createClass(work, shape)
    return { classId, classSlotId: await planSlot(work, { classId, start: instant('20:00') }) }
  })
  await scene.mustBook(await scene.customer(), classSlotId)
  const { body } = await app.get(`/v1/classes/${classId}/slots/${classSlotId}`)
  assert.deepEqual([body.maxParticipants, body.endDateTime.slice(11, 16)], [4, '20:50'])
  await app.write((work) => updateClass(work, classId, { onlineVisible: false }, 0))
  assert.equal((await app.get(`/v1/classes/${classId}`)).status, 404)
  const stale = app.write((work) => updateClass(work, classId, { title: 'X' }, 0))
  await assert.rejects(stale, refusal('concurrentModification'))
})

test('a slot is neither planned in nor moved into the past, and ends after it begins', async () => {
  const { classId, classSlotId } = await app.write(async (work) => {
    const made = await insertClass(work, app.berlin)
    return { ...made, classSlotId: await planSlot(work, { classId: made.classId, start: instant('18:00') }) }
  })
  const bookingId = await scene.mustBook(await scene.customer(), classSlotId)
  const change = (changes: Parameters<typeof changeSlot>[2]) =>
    app.write((work) => changeSlot(work, classSlotId, changes))
  const past = Temporal.Instant.from('2026-03-16T08:59+01:00')
  await assert.rejects(change({ start: past }), refusal('booking.pastStartDateTime'))
  await assert.rejects(change({ end: instant('18:00') }), refusal('booking.endDateTimeNotAfterStartDateTime'))
  const plan = (start: Temporal.Instant, durationMin = 45) =>
    app.write((work) => planSlot(work, { classId, start, durationMin }))
  await assert.rejects(plan(past), refusal('booking.pastStartDateTime'))
  await assert.rejects(plan(instant('20:00'), 0), refusal('booking.endDateTimeNotAfterStartDateTime'))
  assert.equal((await scene.read(bookingId)).classSlotStatus, 'PLANNED')
  await app.write((work) => cancelSlot(work, classSlotId))
  await assert.rejects(change({ start: instant('19:00') }), refusal('booking.notAvailable'))
})
