import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  appointmentCalls,
  type BookableInput,
  insertBookable,
  insertTrainer,
} from '../../test/support/scenes/appointment-world.ts'
import { insertClass, insertCustomer, insertSlot } from '../../test/support/scenes/booking-world.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { bookings } from '../bookings/tables.ts'
import { confirmAppointmentBooking } from './cancelations.ts'
import { settleAppointment } from './settling.ts'

// Monday 15 June 2026, 09:00 in Berlin. Without opening hours the studio is always open.

let app: TestApp
let calls: ReturnType<typeof appointmentCalls>
before(async () => {
  app = await openTestApp()
  calls = appointmentCalls(app)
})
after(() => app.close())

const at = (time: string) => `2026-06-16T${time}:00+02:00`

/** A bookable that one of two trainers gives, with two customers. */
async function arrange(bookable: BookableInput = {}) {
  return app.write(async (work) => {
    const anna = await insertTrainer(work, app.berlin, 'Anna')
    const ben = await insertTrainer(work, app.berlin, 'Ben')
    const lines = [{ kind: 'EMPLOYEE', pool: [anna.resourceId, ben.resourceId] }] as const
    const { bookableId } = await insertBookable(work, app.berlin, { lines, ...bookable })
    const [customerId, otherId] = [await insertCustomer(work, app.berlin), await insertCustomer(work, app.berlin)]
    return { bookableId, customerId, otherId, anna: anna.employeeId, ben: ben.employeeId }
  })
}

const book = async (wish: Parameters<typeof calls.book>[0]) => {
  const { status, body } = await calls.book(wish)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const read = async (bookingId: number) => (await app.get(`/v1/appointments/booking/${bookingId}`)).body
const eventsAbout = async (entityId: number) =>
  (await listEvents(app)).filter((event) => event.entityId === entityId).map(({ type }) => type)

test('a booking is answered with its appointment, and reads the same afterwards', async () => {
  const { bookableId, customerId, anna } = await arrange({ title: 'Personal Training', category: 'Coaching' })
  const booked = await book({ customerId, bookableId, start: at('10:00') })
  const { bookingId } = booked
  const expected = {
    bookingId,
    bookingStatus: 'BOOKED',
    startDateTime: '2026-06-16T10:00:00.000+02:00[Europe/Berlin]',
    endDateTime: '2026-06-16T10:45:00.000+02:00[Europe/Berlin]',
    title: 'Personal Training',
    duration: 45,
    category: 'Coaching',
    instructors: [{ id: anna, firstName: 'Anna', lastName: 'Berg' }],
    appointmentStatus: 'PLANNED',
    participantStatus: 'UNSET',
  }
  assert.deepEqual(booked, expected)
  assert.deepEqual(await read(bookingId), { ...expected, customerId })
  const list = await app.get(`/v1/appointments/booking?customerId=${customerId}`)
  assert.deepEqual(list.body, [expected])
  assert.deepEqual(await eventsAbout(bookingId), ['APPOINTMENT_BOOKING_CREATED'])
  const lines = (await listAudit(app)).filter(({ entityId }) => entityId === bookingId)
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['booking.created'],
  )
})

test('the instructor with less work on that day is chosen, unless the customer names another', async () => {
  const { bookableId, customerId, otherId, anna, ben } = await arrange()
  const named = { bookableId, start: at('10:00'), instructorIds: [anna] }
  assert.equal((await book({ ...named, customerId })).instructors[0].id, anna)
  assert.equal(await calls.validate({ ...named, customerId: otherId }), 'RESOURCE_NOT_AVAILABLE')
  const later = { bookableId, customerId, start: at('14:00') }
  assert.equal((await book(later)).instructors[0].id, ben)
  const either = { customerId: otherId, bookableId, start: at('14:00'), instructorIds: [anna, ben, anna] }
  assert.equal((await book(either)).instructors[0].id, anna)
  assert.equal(await calls.validate({ ...either, start: at('16:00'), instructorIds: [4711] }), 'RESOURCE_NOT_AVAILABLE')
})

test('repeating a booking is refused, and so is it where parallel bookings are allowed', async () => {
  for (const allowParallel of [false, true]) {
    const { bookableId, customerId } = await arrange({ allowParallel })
    const wish = { customerId, bookableId, start: at('10:00') }
    await book(wish)
    const again = await calls.book(wish)
    assert.equal(again.status, 400)
    assert.equal(again.body.errorCode, 'errormessage.booking.customerInOtherBooking')
    const next = await calls.book({ ...wish, start: at('10:15') })
    assert.equal(next.status, allowParallel ? 200 : 400)
  }
})

test('canceling frees the time, can be repeated, and leaves the booking readable', async () => {
  const { bookableId, customerId, anna } = await arrange()
  const wish = { customerId, bookableId, start: at('10:00'), instructorIds: [anna] }
  const { bookingId } = await book(wish)
  const canceled = await calls.cancel(bookingId)
  assert.deepEqual([canceled.status, canceled.body], [200, { success: 'true' }])
  const { bookingStatus, appointmentStatus, participantStatus, instructors } = await read(bookingId)
  assert.deepEqual([bookingStatus, appointmentStatus, participantStatus], ['CANCELED', 'CANCELED', 'NOT_PARTICIPATING'])
  assert.equal(instructors[0].id, anna)
  assert.equal((await calls.cancel(bookingId)).status, 200)
  assert.deepEqual(await eventsAbout(bookingId), ['APPOINTMENT_BOOKING_CREATED', 'APPOINTMENT_BOOKING_CANCELLED'])
  const again = await book(wish)
  assert.notEqual(again.bookingId, bookingId)
  const list = await app.get(`/v1/appointments/booking?customerId=${customerId}`)
  assert.deepEqual(
    list.body.map((one: { bookingStatus: string }) => one.bookingStatus),
    ['CANCELED', 'BOOKED'],
  )
})

test('after the deadline canceling is refused with it, unless the rule allows it', async () => {
  const rule = { cancelTermValue: 1, cancelTermUnit: 'DAY' } as const
  const strict = await arrange({ rule })
  const { bookingId } = await book({ ...strict, start: at('08:45') })
  const refused = await calls.cancel(bookingId)
  assert.equal(refused.status, 400)
  assert.equal(refused.body.errorCode, 'errormessage.booking.cancelationDeadlineExceeded')
  assert.deepEqual(refused.body.args, ['2026-06-15T08:45:00.000+02:00[Europe/Berlin]'])
  const inTime = await book({ ...strict, customerId: strict.otherId, start: at('09:00') })
  assert.equal((await calls.cancel(inTime.bookingId)).status, 200)
  const lenient = await arrange({ rule: { ...rule, cancelAfterLatest: true } })
  const late = await book({ ...lenient, start: at('08:45') })
  assert.equal((await calls.cancel(late.bookingId)).status, 200)
})

test('bookings of classes, of other studios and unknown ones are not found', async () => {
  const { bookableId, customerId } = await arrange()
  const { bookingId } = await book({ customerId, bookableId, start: at('10:00') })
  const classBooking = await app.write(async (work) => {
    const { classId } = await insertClass(work, app.berlin)
    return insertSlot(work, { ...app.berlin, classId }, at('18:00'))
  })
  const booked = await app.post('/v1/classes/booking/book', { customerId, classSlotId: classBooking })
  assert.equal(booked.status, 200)
  for (const [id, as] of [
    [booked.body.bookingId, app.berlin],
    [4711, app.berlin],
    [bookingId, app.hamburg],
  ] as const) {
    const path = `/v1/appointments/booking/${id}`
    for (const answer of [await app.get(path, { as }), await app.delete(path, { as })]) {
      assert.deepEqual([answer.status, answer.body.errorCode], [404, 'errormessage.booking.notFound'])
    }
  }
})

test('members join a group until it is full, and the last one who leaves cancels it', async () => {
  const group = await arrange({ maxParticipants: 2 })
  const thirdId = await app.write((work) => insertCustomer(work, app.berlin))
  const wish = { bookableId: group.bookableId, start: at('10:00'), instructorIds: [group.anna] }
  const first = await book({ ...wish, customerId: group.customerId })
  const second = await book({ ...wish, customerId: group.otherId })
  assert.deepEqual(first.instructors, second.instructors)
  assert.equal(await calls.validate({ ...wish, customerId: thirdId }), 'RESOURCE_NOT_AVAILABLE')
  const other = await book({ ...wish, customerId: thirdId, instructorIds: [] })
  assert.equal(other.instructors[0].id, group.ben)
  await calls.cancel(first.bookingId)
  assert.equal((await read(first.bookingId)).appointmentStatus, 'PLANNED')
  await calls.cancel(second.bookingId)
  assert.equal((await read(first.bookingId)).appointmentStatus, 'CANCELED')
})

test('a booking that staff must confirm is announced only when they do', async () => {
  const { bookableId, customerId } = await arrange({ rule: { staffConfirmation: true } })
  const { bookingId, bookingStatus } = await book({ customerId, bookableId, start: at('10:00') })
  assert.equal(bookingStatus, 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  assert.deepEqual(await eventsAbout(bookingId), [])
  const studio = { studioId: app.berlin.studioId, zone: app.berlin.zone }
  const confirm = () => app.write((work) => confirmAppointmentBooking(work, { studio, bookingId }))
  assert.deepEqual([await confirm(), await confirm()], ['CONFIRM', 'ALREADY_CONFIRMED'])
  assert.equal((await read(bookingId)).bookingStatus, 'BOOKED')
  assert.deepEqual(await eventsAbout(bookingId), ['APPOINTMENT_BOOKING_CREATED'])
})

test('what nobody confirmed in time reads canceled at once and makes room for the next', async () => {
  await using late = await openTestApp()
  const { bookableId, customerId } = await late.write(async (work) => {
    const { resourceId } = await insertTrainer(work, late.berlin)
    const lines = [{ kind: 'EMPLOYEE', pool: [resourceId] }] as const
    const rule = { staffConfirmation: true, cancelTermValue: 1, cancelTermUnit: 'DAY' } as const
    const { bookableId } = await insertBookable(work, late.berlin, { lines, rule, durationMin: 120, gridMin: 60 })
    return { bookableId, customerId: await insertCustomer(work, late.berlin) }
  })
  const { book } = appointmentCalls(late)
  const wish = { customerId, bookableId, start: at('10:00'), end: at('12:00') }
  const first = await book(wish)
  await late.travelTo('2026-06-16T10:00:00.001+02:00')
  const { body } = await late.get(`/v1/appointments/booking/${first.body.bookingId}`)
  assert.deepEqual([body.bookingStatus, body.appointmentStatus], ['CANCELED', 'CANCELED'])
  const next = await book({ ...wish, start: at('11:00'), end: at('13:00') })
  assert.equal(next.status, 200, JSON.stringify(next.body))
  const events = (await listEvents(late)).map(({ type, entityId }) => [type, entityId])
  assert.deepEqual(events, [['APPOINTMENT_BOOKING_CANCELLED', first.body.bookingId]])
})

test('a customer sees the bookings of two weeks around today', async () => {
  await using wednesday = await openTestApp({ now: '2026-05-27T00:00+02:00' })
  const { book } = appointmentCalls(wednesday)
  const { bookableId, customers } = await wednesday.write(async (work) => ({
    ...(await insertBookable(work, wednesday.berlin, { durationMin: 60 })),
    customers: [await insertCustomer(work, wednesday.berlin), await insertCustomer(work, wednesday.berlin)] as const,
  }))
  const bookAt = async (customerId: number, local: string) => {
    const start = `${local}+02:00`
    const end = Temporal.Instant.from(start).add({ hours: 1 }).toString()
    assert.equal((await book({ customerId, bookableId, start, end })).status, 200)
  }
  const [customerId, otherId] = customers
  for (const start of ['2026-05-27T00:15', '2026-06-24T22:15', '2026-06-24T23:30']) await bookAt(customerId, start)
  await bookAt(otherId, '2026-06-24T23:00')
  await wednesday.travelTo('2026-06-10T12:00+02:00')
  const seenBy = async (id: number) => {
    const { body } = await wednesday.get(`/v1/appointments/booking?customerId=${id}`)
    return body.map((one: { startDateTime: string; appointmentStatus: string }) => [
      one.startDateTime.slice(5, 16),
      one.appointmentStatus,
    ])
  }
  assert.deepEqual(await seenBy(customerId), [
    ['05-27T00:15', 'COMPLETED'],
    ['06-24T22:15', 'PLANNED'],
  ])
  assert.deepEqual(await seenBy(otherId), [['06-24T23:00', 'PLANNED']])
})

test('settling twice stores and sends everything once', async () => {
  await using past = await openTestApp()
  const { bookableId, customerId } = await past.write(async (work) => ({
    ...(await insertBookable(work, past.berlin, { attendanceDefault: 'PARTICIPATING' })),
    customerId: await insertCustomer(work, past.berlin),
  }))
  const { body } = await appointmentCalls(past).book({ customerId, bookableId, start: at('10:00') })
  await past.travelTo('2026-06-16T10:45+02:00')
  const { body: over } = await past.get(`/v1/appointments/booking/${body.bookingId}`)
  assert.deepEqual([over.appointmentStatus, over.participantStatus], ['COMPLETED', 'PARTICIPATING'])
  const { appointmentId } = await past.read(async ({ db }) => {
    const [row] = await db.select({ appointmentId: bookings.appointmentId }).from(bookings)
    return { appointmentId: row?.appointmentId as number }
  })
  await past.write((work) => settleAppointment(work, appointmentId))
  await past.write((work) => settleAppointment(work, appointmentId))
  const types = (await listEvents(past)).map(({ type }) => type)
  assert.deepEqual(types, ['APPOINTMENT_BOOKING_CREATED', 'APPOINTMENT_BOOKING_UPDATED'])
})
