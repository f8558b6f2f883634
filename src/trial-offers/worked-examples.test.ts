import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listEvents } from '../../test/support/records.ts'
import { trialScene } from '../../test/support/scenes/trial-scene.ts'
import { bookings } from '../bookings/tables.ts'

// Sunday 10 May 2026, noon in Berlin.

let app: TestApp
let scene: ReturnType<typeof trialScene>
before(async () => {
  app = await openTestApp({ now: '2026-05-10T12:00:00+02:00' })
  scene = trialScene(app)
})
after(() => app.close())

const pending = 'BOOKED_WITH_CONFIRMATION_REQUIRED'
const twoDays = { confirmationTermValue: 2, confirmationTermUnit: 'DAY' } as const
const twoWeeks = { contingent: 2, preventMultipleTermValue: 2, preventMultipleTermUnit: 'WEEK' } as const
const eventsAbout = async (entityId: number) =>
  (await listEvents(app)).filter((event) => event.entityId === entityId).map(({ type }) => type)

/** The deadline passes without a request: only the row knows. */
const expire = (bookingId: number) =>
  app.write(({ tx, now }) =>
    tx
      .update(bookings)
      .set({ confirmDeadline: now.subtract({ milliseconds: 1 }) })
      .where(eq(bookings.id, bookingId)),
  )

async function seatsTaken(classId: number): Promise<number> {
  const { body } = await app.get(`/v1/classes/${classId}/slots`)
  return body.result[0].bookedParticipants
}

test('two weeks between two trials, two in all', async () => {
  const { classId, classSlotId: first } = await scene.arrangeClass(twoWeeks, {}, { start: '2026-06-01T10:00+02:00' })
  const early = await scene.addSlot(classId, '2026-06-15T09:59+02:00')
  const exact = await scene.addSlot(classId, '2026-06-15T10:00+02:00')
  const third = await scene.addSlot(classId, '2026-09-01T10:00+02:00')
  const near = await scene.addSlot(classId, '2026-06-02T10:00+02:00')
  const customerId = await scene.prospect()
  const booking = await scene.mustBookClass(customerId, first)
  assert.equal(await scene.validateClass(customerId, early), 'BOOKING_LIMIT_REACHED')
  assert.equal((await scene.bookClass(customerId, early)).body.errorCode, 'errormessage.booking.bookingLimitReached')
  assert.equal(await scene.validateClass(customerId, exact), 'AVAILABLE')
  await scene.mustBookClass(customerId, exact)
  assert.equal(await scene.validateClass(customerId, third), 'NO_CONTINGENT')
  await app.delete(`/v1/classes/booking/${booking}`)
  assert.equal(await scene.validateClass(customerId, near), 'BOOKING_LIMIT_REACHED')
  assert.equal(await scene.validateClass(customerId, third), 'AVAILABLE')
})

test('E8 for appointments', async () => {
  const { bookableId } = await scene.arrangeBookable(twoWeeks, { gridMin: 1 })
  const wish = { bookableId, customerId: await scene.prospect() }
  const first = await scene.mustBookAppointment({ ...wish, start: '2026-06-01T10:00:00+02:00' })
  const early = { ...wish, start: '2026-06-15T09:59:00+02:00' }
  assert.equal(await scene.validateAppointment(early), 'BOOKING_LIMIT_REACHED')
  const exact = { ...wish, start: '2026-06-15T10:00:00+02:00' }
  assert.equal(await scene.validateAppointment(exact), 'AVAILABLE')
  await scene.mustBookAppointment(exact)
  const third = { ...wish, start: '2026-09-01T10:00:00+02:00' }
  assert.equal(await scene.validateAppointment(third), 'NO_CONTINGENT')
  await app.delete(`/v1/appointments/booking/${first}`)
  assert.equal(await scene.validateAppointment(third), 'AVAILABLE')
})

test('a config of a class and a bookable counts both', async () => {
  const { bookableId, configId } = await scene.arrangeBookable({ contingent: 1 })
  const { classId, classSlotId } = await scene.arrangeClass({}, {}, { start: '2026-05-20T10:00+02:00' })
  await scene.assign(configId, { classIds: [classId], bookableIds: [bookableId] })
  const customerId = await scene.prospect()
  await scene.mustBookAppointment({ bookableId, customerId, start: '2026-05-19T10:00:00+02:00' })
  assert.equal(await scene.validateClass(customerId, classSlotId), 'NO_CONTINGENT')
})

test('slots, free times, and what an expired confirmation leaves behind', async () => {
  const { classId, classSlotId } = await scene.arrangeClass(twoDays, {}, { start: '2026-05-15T18:00+02:00' })
  const slots = await app.get(`/v1/trial-offers/bookable-trial-offers/classes/${classId}/slots`)
  const [slot] = slots.body.result
  assert.equal(slot.latestBookingDateTime, '2026-05-13T18:00:00.000+02:00[Europe/Berlin]')
  const asMember = (await app.get(`/v1/classes/${classId}/slots`)).body.result[0]
  assert.equal(asMember.latestBookingDateTime, slot.startDateTime)
  const bookingId = await scene.mustBookClass(await scene.prospect(), classSlotId, pending)
  assert.deepEqual(await eventsAbout(bookingId), [])
  const [row] = await app.read(({ db }) => db.select().from(bookings).where(eq(bookings.id, bookingId)))
  assert.equal(String(row?.confirmDeadline), '2026-05-13T16:00:00Z')
  assert.equal(await seatsTaken(classId), 1)
  await expire(bookingId)
  assert.deepEqual((await scene.confirm(bookingId)).body, { status: 'EXPIRED' })
  assert.equal(await seatsTaken(classId), 0)
  assert.deepEqual(await eventsAbout(bookingId), ['CLASS_BOOKING_CANCELLED'])
  assert.deepEqual((await scene.confirm(bookingId)).body, { status: 'EXPIRED' })
  assert.deepEqual(await eventsAbout(bookingId), ['CLASS_BOOKING_CANCELLED'])
})

test('confirmed at 18:00:00.000, expired at 18:00:00.001, closed for booking on the day after', async () => {
  const { classSlotId } = await scene.arrangeClass(twoDays, {}, { start: '2026-05-15T18:00+02:00' })
  const { bookableId } = await scene.arrangeBookable(twoDays)
  const [one, two] = [await scene.prospect(), await scene.prospect()]
  const wish = { bookableId, customerId: one, start: '2026-05-15T10:00:00+02:00' }
  const inTime = await scene.mustBookClass(one, classSlotId, pending)
  const tooLate = await scene.mustBookClass(two, classSlotId, pending)
  const appointment = await scene.mustBookAppointment(wish, pending)
  await app.travelTo('2026-05-13T10:00:00.000+02:00')
  assert.deepEqual((await scene.confirm(appointment)).body, { status: 'CONFIRMED' })
  await app.travelTo('2026-05-13T18:00:00.000+02:00')
  assert.deepEqual((await scene.confirm(inTime)).body, { status: 'CONFIRMED' })
  assert.deepEqual((await scene.confirm(inTime)).body, { status: 'CONFIRMED' })
  await app.travelTo('2026-05-13T18:00:00.001+02:00')
  assert.deepEqual((await scene.confirm(tooLate)).body, { status: 'EXPIRED' })
  assert.deepEqual(await eventsAbout(inTime), ['CLASS_BOOKING_CREATED'])
  assert.deepEqual(await eventsAbout(tooLate), ['CLASS_BOOKING_CANCELLED'])
  assert.deepEqual(await eventsAbout(appointment), ['APPOINTMENT_BOOKING_CREATED'])
  await app.travelTo('2026-05-14T12:00:00+02:00')
  const late = 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME'
  assert.equal(await scene.validateClass(await scene.prospect(), classSlotId), late)
  const free = await app.get(
    `/v1/trial-offers/bookable-trial-offers/appointments/bookable/${bookableId}/slots?daysAhead=6`,
  )
  assert.equal(free.body[0].startDateTime, '2026-05-16T12:00:00.000+02:00[Europe/Berlin]')
})

test('an appointment that nobody confirms in time gives its time back at once', async () => {
  const { bookableId } = await scene.arrangeBookable(twoDays)
  const wish = { bookableId, start: '2026-05-25T10:00:00+02:00' }
  const customerId = await scene.prospect()
  const bookingId = await scene.mustBookAppointment({ ...wish, customerId }, pending)
  const again = { ...wish, customerId }
  assert.equal(await scene.validateAppointment(again), 'CUSTOMER_IN_OTHER_BOOKING')
  await expire(bookingId)
  assert.equal(await scene.validateAppointment(again), 'AVAILABLE')
  assert.deepEqual((await scene.confirm(bookingId)).body, { status: 'EXPIRED' })
  assert.deepEqual(await eventsAbout(bookingId), ['APPOINTMENT_BOOKING_CANCELLED'])
  const { body } = await app.get(`/v1/appointments/booking/${bookingId}`)
  assert.deepEqual([body.bookingStatus, body.appointmentStatus], ['CANCELED', 'CANCELED'])
})

test('only trials are confirmed here, and only while they are alive', async () => {
  const { classSlotId } = await scene.arrangeClass(twoDays, {}, { start: '2026-05-29T18:00+02:00' })
  const [one, two] = [await scene.prospect(), await scene.prospect()]
  const trial = await scene.mustBookClass(one, classSlotId, pending)
  await app.delete(`/v1/classes/booking/${trial}`)
  assert.equal((await scene.confirm(trial)).body.errorCode, 'errormessage.booking.canceled')
  const regular = await app.post('/v1/classes/booking/book', { customerId: two, classSlotId })
  assert.equal(regular.status, 200, regular.text)
  for (const id of [regular.body.bookingId, 999]) {
    const { status, body } = await scene.confirm(id)
    assert.deepEqual([status, body.errorCode], [404, 'errormessage.booking.notFound'])
  }
  const path = `/v1/trial-offers/bookings/${trial}/confirm`
  assert.equal((await app.post(path, undefined, { as: app.hamburg })).status, 404)
})

test('whatever body comes with a confirmation is ignored', async () => {
  const { classSlotId } = await scene.arrangeClass(twoDays, {}, { start: '2026-05-30T18:00+02:00' })
  const bookingId = await scene.mustBookClass(await scene.prospect(), classSlotId, pending)
  for (const body of [{}, { status: 'EXPIRED' }, [1]]) {
    const answer = await app.post(`/v1/trial-offers/bookings/${bookingId}/confirm`, body)
    assert.deepEqual(answer.body, { status: 'CONFIRMED' }, answer.text)
  }
})
