import { after, before, beforeEach, test } from 'node:test'
import assert from 'node:assert/strict'
import { and, asc, eq, sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { insertClass, insertEmployee, insertResource } from '../../test/support/booking-world.ts'
import { classScene } from '../../test/support/class-scene.ts'
import {
  blockResource,
  bookForCustomer,
  cancelForCustomer,
  cancelSlot,
  changeSlot,
  confirmClassBooking,
  createBookingRule,
  createClass,
  createSeries,
  declineBooking,
  planSlot,
  promoteByHand,
  type SeriesInput,
  setAttendance,
  updateClass,
  updateSeries,
} from './index.ts'
import { bookings, classSlots, resourceAllocations } from './tables.ts'

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

const date = (text: string) => Temporal.PlainDate.from(text)
const refusal = (code: string) => (error: Error) => error.message === `errormessage.${code}`

function slotsOf(classId: number) {
  return app.read(({ db }) =>
    db.select().from(classSlots).where(eq(classSlots.classId, classId)).orderBy(asc(classSlots.startAt)),
  )
}
const localStarts = (slots: readonly { startAt: Temporal.Instant }[]) =>
  slots.map(({ startAt }) =>
    startAt.toZonedDateTimeISO('Europe/Berlin').toString({ smallestUnit: 'minute', timeZoneName: 'never' }),
  )

const sundays = (classId: number, changes: Partial<SeriesInput> = {}): SeriesInput => ({
  ...{ classId, weekdays: ['SUNDAY'], localTime: Temporal.PlainTime.from('02:30') },
  ...{ fromDate: date('2026-03-16'), toDate: date('2026-04-12'), ...changes },
})

test('E12: a series keeps its wall-clock time; in the gap it moves, and doubled it takes the first pass', async () => {
  const { classId } = await app.write((work) => insertClass(work, app.berlin, { defaultMax: 7 }))
  await app.write((work) => createSeries(work, sundays(classId, { toDate: null })))
  const slots = await slotsOf(classId)
  const starts = localStarts(slots)
  assert.deepEqual(starts.slice(0, 3), ['2026-03-22T02:30+01:00', '2026-03-29T03:30+02:00', '2026-04-05T02:30+02:00'])
  assert.ok(starts.includes('2026-10-25T02:30+02:00'))
  assert.ok((starts.at(-1) ?? '') >= '2027-04-15', 'planned 400 days ahead')
  assert.equal(slots[0]?.maxParticipants, 7)
  assert.equal(slots[1]?.endAt.since(slots[1].startAt).total('minutes'), 45)
})

test('editing a series moves slots with their bookings, drops what falls away, and leaves edited slots alone', async () => {
  const { classId } = await app.write((work) => insertClass(work, app.berlin))
  const seriesId = await app.write((work) => createSeries(work, sundays(classId)))
  const [first, second, third, fourth] = await slotsOf(classId)
  assert.ok(first && second && third && fourth)
  const booking = await scene.mustBook(await scene.customer(), second.id)
  await app.write((work) => changeSlot(work, third.id, { maxParticipants: 3 }))
  const localTime = Temporal.PlainTime.from('10:00')
  await app.write((work) => updateSeries(work, seriesId, { localTime, toDate: date('2026-04-05') }))
  const after = await slotsOf(classId)
  assert.deepEqual(localStarts(after), ['2026-03-22T10:00+01:00', '2026-03-29T10:00+02:00', '2026-04-05T02:30+02:00'])
  assert.deepEqual(
    after.map(({ id, detached }) => [id, detached]),
    [
      [first.id, false],
      [second.id, false],
      [third.id, true],
    ],
  )
  assert.deepEqual(await scene.eventsOf(second.id), ['CLASS_SLOT_UPDATED 0'])
  const [moved] = await app.read(({ db }) => db.select().from(bookings).where(eq(bookings.id, booking)))
  assert.equal(String(moved?.during.from), '2026-03-29T08:00:00Z')
  await app.write((work) => updateSeries(work, seriesId, { weekdays: ['MONDAY'] }))
  const statuses = (await slotsOf(classId)).map(({ id, status }) => [id === second.id, status])
  assert.deepEqual(
    statuses.filter(([isSecond]) => isSecond),
    [[true, 'CANCELED']],
  )
  assert.equal(await scene.statusOf(booking), 'CANCELED')
})

test('planning a series again, every day and after a crash, adds nothing twice', async () => {
  const { classId } = await app.write((work) => insertClass(work, app.berlin))
  const weekdays = ['MONDAY', 'THURSDAY'] as const
  const seriesId = await app.write((work) => createSeries(work, sundays(classId, { weekdays, toDate: null })))
  const before = await slotsOf(classId)
  await app.write(({ tx }) => tx.execute(sql`update class_series set planned_version = -1 where id = ${seriesId}`))
  await app.travelTo('2026-03-16T10:00+01:00')
  assert.deepEqual(localStarts(await slotsOf(classId)), localStarts(before))
  await app.travelTo('2026-03-27T09:00+01:00')
  const later = localStarts(await slotsOf(classId))
  assert.deepEqual(later.slice(0, before.length), localStarts(before))
  assert.equal(new Set(later).size, later.length)
  assert.ok((later.at(-1) ?? '') >= '2027-04-26', `planned until ${later.at(-1)}`)
  day = Temporal.PlainDate.from('2026-03-28')
})

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

test('a series that would collide is refused as a whole', async () => {
  const { classId, locationId } = await app.write(async (work) => {
    const made = await insertClass(work, app.berlin)
    return { ...made, locationId: await insertResource(work, app.berlin) }
  })
  const noon = { locationId, localTime: Temporal.PlainTime.from('12:00'), fromDate: date('2026-03-29') }
  const seriesId = await app.write((work) => createSeries(work, sundays(classId, noon)))
  const half = { ...noon, localTime: Temporal.PlainTime.from('12:30') }
  const taken = refusal('booking.resourceNotAvailable')
  await assert.rejects(
    app.write((work) => createSeries(work, sundays(classId, half))),
    taken,
  )
  const evening = { ...noon, localTime: Temporal.PlainTime.from('18:00') }
  const other = await app.write((work) => createSeries(work, sundays(classId, evening)))
  const { localTime } = half
  await assert.rejects(
    app.write((work) => updateSeries(work, other, { localTime })),
    taken,
  )
  await app.write((work) => updateSeries(work, seriesId, { localTime }))
})

test('changing a slot tells partners once, and nothing when nothing changes', async () => {
  const { classSlotId } = await scene.arrange({}, {}, at('10:00'))
  const [anna, ben] = await app.write(async (work) => [
    await insertEmployee(work, app.berlin, 'Anna'),
    await insertEmployee(work, app.berlin, 'Ben'),
  ])
  const standIn = [{ employeeId: ben as number, standInFor: anna as number }]
  for (let k = 0; k < 2; k++) {
    await app.write((work) => changeSlot(work, classSlotId, { start: instant('11:00'), instructors: standIn }))
  }
  assert.deepEqual(await scene.eventsOf(classSlotId), ['CLASS_SLOT_UPDATED 0'])
  const stale = app.write((work) => changeSlot(work, classSlotId, { maxParticipants: 1 }, { version: 0 }))
  await assert.rejects(stale, refusal('concurrentModification'))
})

test('more places, or fewer anonymous heads, go to the waiting list', async () => {
  const slot = { maxParticipants: 1, maxWaiting: 3, additionalParticipants: 0 }
  const { classId, classSlotId } = await scene.arrange({}, slot, at('10:00'))
  const [one = 0, two = 0, three = 0] = await scene.customers(3)
  await scene.mustBook(one, classSlotId)
  const waiting = [
    await scene.mustBook(two, classSlotId, 'WAITING_LIST'),
    await scene.mustBook(three, classSlotId, 'WAITING_LIST'),
  ]
  await app.write((work) => changeSlot(work, classSlotId, { maxParticipants: 3, additionalParticipants: 1 }))
  assert.deepEqual(await scene.countsOf(classId, classSlotId), [2, 1, 1])
  await app.write((work) => changeSlot(work, classSlotId, { additionalParticipants: 0 }))
  for (const booking of waiting) assert.equal(await scene.statusOf(booking), 'BOOKED')
})

test('a canceled slot cancels its bookings, one event each, and is gone from the list', async () => {
  const { classId, classSlotId } = await scene.arrange({}, { maxParticipants: 1, maxWaiting: 1 }, at('10:00'))
  const [one = 0, two = 0] = await scene.customers(2)
  const booked = await scene.mustBook(one, classSlotId)
  const waiting = await scene.mustBook(two, classSlotId, 'WAITING_LIST')
  for (let k = 0; k < 2; k++) await app.write((work) => cancelSlot(work, classSlotId))
  const { bookingStatus, classSlotStatus } = await scene.read(booked)
  assert.deepEqual([bookingStatus, classSlotStatus], ['CANCELED', 'CANCELED'])
  const events = await scene.eventsOf(booked, waiting, classSlotId)
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
  assert.deepEqual(await scene.countsOf(classId, classSlotId), [3, 0, 0])
  assert.deepEqual(await scene.eventsOf(waiting), ['CLASS_BOOKING_CREATED 0', 'CLASS_BOOKING_UPDATED 0'])
  await app.write((work) => cancelForCustomer(work, forced.bookingId))
  assert.deepEqual(await scene.countsOf(classId, classSlotId), [2, 0, 0])
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

test('attendance is told once per change, and only of bookings that are in place', async () => {
  const { classSlotId } = await scene.arrange({}, { maxParticipants: 1, maxWaiting: 1 }, at('10:00'))
  const [one = 0, two = 0] = await scene.customers(2)
  const booking = await scene.mustBook(one, classSlotId)
  const waiting = await scene.mustBook(two, classSlotId, 'WAITING_LIST')
  for (let k = 0; k < 2; k++) await app.write((work) => setAttendance(work, booking, 'PARTICIPATING'))
  assert.equal((await scene.read(booking)).participantStatus, 'PARTICIPATING')
  assert.deepEqual(await scene.eventsOf(booking), ['CLASS_BOOKING_CREATED 0', 'CLASS_BOOKING_UPDATED 0'])
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
  const events = await scene.eventsOf(...pending)
  assert.deepEqual(events, ['CLASS_BOOKING_CREATED 0', 'CLASS_BOOKING_CANCELLED 1'])
  assert.deepEqual(await scene.countsOf(classId, classSlotId), [1, 0, 0])
})

test('a class that staff set up can be booked, and hidden again', async () => {
  const { studioId } = app.berlin
  const { classId, classSlotId } = await app.write(async (work) => {
    const ruleId = await createBookingRule(work, { studioId, requiresActiveContract: false, allowForeign: false })
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
