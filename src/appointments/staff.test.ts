import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { and, eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { appointmentCalls, insertTrainer } from '../../test/support/scenes/appointment-world.ts'
import { insertCustomer, insertResource, insertService } from '../../test/support/scenes/booking-world.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { everybody } from '../customers/index.ts'
import { resourceAllocations } from '../resources/tables.ts'
import { bookings } from '../bookings/tables.ts'
import { defined } from '../platform/values/defined.ts'
import type { AppointmentWish } from './requests.ts'
import { bookAppointment, explainBooking } from './bookings.ts'
import { cancelAppointment, recordAppointment, rescheduleAppointment, type Rescheduling } from './calendar.ts'
import { createBookable, updateBookable } from './bookables.ts'
import { removeParticipant } from './cancelations.ts'

// What staff do. Monday 15 June 2026, 09:00 in Berlin; the studio never closes.

let app: TestApp
let calls: ReturnType<typeof appointmentCalls>
before(async () => {
  app = await openTestApp()
  calls = appointmentCalls(app)
})
after(() => app.close())

const at = (time: string) => `2026-06-16T${time}:00+02:00`
const studio = () => ({ studioId: app.berlin.studioId, zone: app.berlin.zone })
const rule = { allowForeign: true, requiresActiveContract: false }

/** Anna and Ben give a training of 45 minutes in one room; three customers. */
function arrange() {
  return app.write(async (work) => {
    const { berlin } = app
    const [anna, ben] = [await insertTrainer(work, berlin, 'Anna'), await insertTrainer(work, berlin, 'Ben')]
    const room = await insertResource(work, berlin)
    const pool = [anna, ben].map(({ resourceId }) => ({ resourceId }))
    const bookableId = await createBookable(work, {
      studioId: berlin.studioId,
      serviceId: await insertService(work, 'Training'),
      title: 'Training',
      durationMin: 45,
      rule,
      lines: [
        { kind: 'EMPLOYEE', count: 1, pool },
        { kind: 'ROOM', count: 1, pool: [{ resourceId: room }] },
      ],
    })
    const customers = [await insertCustomer(work, berlin), await insertCustomer(work, berlin)] as const
    return { bookableId, room, anna, ben, customerId: customers[0], otherId: customers[1] }
  })
}
type Scene = Awaited<ReturnType<typeof arrange>>

async function book({ bookableId, customerId, anna }: Scene, time: string, who = customerId) {
  const { employeeId } = anna
  const answer = await calls.book({ customerId: who, bookableId, start: at(time), instructorIds: [employeeId] })
  assert.equal(answer.status, 200, answer.text)
  const { bookingId } = answer.body
  const rows = await app.read(({ db }) => db.select().from(bookings).where(eq(bookings.id, bookingId)))
  return { bookingId: bookingId as number, appointmentId: rows[0]?.appointmentId as number }
}

const read = async (bookingId: number) => (await app.get(`/v1/appointments/booking/${bookingId}`)).body
const reschedule = (appointmentId: number, change: Rescheduling, version?: number) =>
  app.write((work) => rescheduleAppointment(work, { studio: studio(), appointmentId, ...defined({ version }) }, change))
const eventsAbout = async (entityId: number) =>
  (await listEvents(app)).filter((event) => event.entityId === entityId).map(({ type }) => type)
const staffWish = ({ bookableId, otherId }: Scene, time: string): AppointmentWish => ({
  studio: studio(),
  audience: 'STAFF',
  sight: everybody,
  bookableId,
  customerId: otherId,
  start: Temporal.Instant.from(at(time)),
  end: Temporal.Instant.from(at(time)).add({ minutes: 45 }),
  instructorIds: [],
})

test('a moved appointment takes its bookings and resources along', async () => {
  const scene = await arrange()
  const { bookingId, appointmentId } = await book(scene, '10:00')
  await reschedule(appointmentId, { start: Temporal.Instant.from(at('14:00')) })
  const { startDateTime, endDateTime, instructors } = await read(bookingId)
  assert.deepEqual([startDateTime.slice(11, 16), endDateTime.slice(11, 16)], ['14:00', '14:45'])
  assert.equal(instructors[0].id, scene.anna.employeeId)
  const other = { customerId: scene.otherId, bookableId: scene.bookableId }
  assert.equal(await calls.validate({ ...other, start: at('10:00') }), 'AVAILABLE')
  assert.equal(await calls.validate({ ...other, start: at('14:15') }), 'RESOURCE_NOT_AVAILABLE')
  assert.deepEqual(await eventsAbout(bookingId), ['APPOINTMENT_BOOKING_CREATED', 'APPOINTMENT_BOOKING_UPDATED'])
  const [line] = (await listAudit(app)).filter(
    ({ action, entityId }) => action === 'appointment.moved' && entityId === appointmentId,
  )
  assert.ok(line)
})

test('an appointment may be moved across its own time, but not onto another one', async () => {
  const scene = await arrange()
  const { appointmentId } = await book(scene, '10:00')
  await book(scene, '12:00', scene.otherId)
  await reschedule(appointmentId, { start: Temporal.Instant.from(at('10:15')) })
  const onto = reschedule(appointmentId, { start: Temporal.Instant.from(at('12:15')) })
  await assert.rejects(onto, { code: 'errormessage.booking.resourceNotAvailable' })
  const off = reschedule(appointmentId, { start: Temporal.Instant.from(at('16:05')) })
  await assert.rejects(off, { code: 'errormessage.booking.notAvailable' })
  await reschedule(appointmentId, { start: Temporal.Instant.from(at('12:15')), broken: ['RESOURCE'] })
})

test('another instructor takes over at the same time', async () => {
  const scene = await arrange()
  const { bookingId, appointmentId } = await book(scene, '10:00')
  await reschedule(appointmentId, { instructorIds: [scene.ben.employeeId] })
  const { instructors, startDateTime } = await read(bookingId)
  assert.deepEqual([instructors.length, instructors[0].firstName], [1, 'Ben'])
  assert.equal(startDateTime.slice(11, 16), '10:00')
  const { slots } = calls
  const { body } = await slots(scene.bookableId, { slotWindowStartDate: '2026-06-16' })
  const free = body.filter((slot: { startDateTime: string }) => slot.startDateTime.slice(0, 16) === '2026-06-16T10:00')
  assert.deepEqual(free, [], 'the room is taken all the same')
})

test('a change of an older version is refused', async () => {
  const { appointmentId } = await book(await arrange(), '10:00')
  const reference = { studio: studio(), appointmentId, version: 0 }
  await app.write((work) => recordAppointment(work, reference, 'Bring a towel'))
  const late = app.write((work) => recordAppointment(work, reference, null))
  await assert.rejects(late, { code: 'errormessage.concurrentModification' })
  const elsewhere = { ...reference, studio: { ...studio(), studioId: app.hamburg.studioId } }
  const stranger = app.write((work) => recordAppointment(work, elsewhere, null))
  await assert.rejects(stranger, { code: 'errormessage.appointment.notFound' })
})

test('canceling an appointment cancels its bookings and frees its time, once', async () => {
  const scene = await arrange()
  const { bookingId, appointmentId } = await book(scene, '10:00')
  const cancel = () => app.write((work) => cancelAppointment(work, { studio: studio(), appointmentId }))
  await cancel()
  await cancel()
  const { bookingStatus, appointmentStatus } = await read(bookingId)
  assert.deepEqual([bookingStatus, appointmentStatus], ['CANCELED', 'CANCELED'])
  assert.deepEqual(await eventsAbout(bookingId), ['APPOINTMENT_BOOKING_CREATED', 'APPOINTMENT_BOOKING_CANCELLED'])
  await book(scene, '10:00', scene.otherId)
  const again = reschedule(appointmentId, { start: Temporal.Instant.from(at('18:00')) })
  await assert.rejects(again, { code: 'errormessage.booking.notAvailable' })
})

test('staff take a participant out after the deadline of the customer', async () => {
  const scene = await arrange()
  await app.write((work) =>
    updateBookable(
      work,
      { studioId: app.berlin.studioId, bookableId: scene.bookableId },
      { rule: { cancelTermValue: 3, cancelTermUnit: 'DAY' } },
    ),
  )
  const { bookingId } = await book(scene, '10:00')
  assert.equal((await calls.cancel(bookingId)).status, 400)
  await app.write((work) => removeParticipant(work, { studio: studio(), bookingId }))
  assert.equal((await read(bookingId)).bookingStatus, 'CANCELED')
})

test('what staff force may overlap, and is left out of the constraint', async () => {
  const scene = await arrange()
  await book(scene, '10:00')
  const wish = staffWish(scene, '10:15')
  const failures = await app.read((view) => explainBooking(view, wish))
  assert.deepEqual(failures, [{ status: 'RESOURCE_NOT_AVAILABLE', rule: 'RESOURCE' }])
  const bookByStaff = (broken: readonly 'RESOURCE'[]) =>
    app.write((work) => bookAppointment(work, wish, { channel: 'STAFF', broken }))
  await assert.rejects(bookByStaff([]), { code: 'errormessage.booking.resourceNotAvailable' })
  const bookingId = await bookByStaff(['RESOURCE'])
  assert.equal((await read(bookingId)).bookingStatus, 'BOOKED')
  const taken = await app.read(({ db }) =>
    db
      .select({ exclusive: resourceAllocations.exclusive })
      .from(resourceAllocations)
      .where(and(eq(resourceAllocations.resourceId, scene.room), eq(resourceAllocations.active, true))),
  )
  assert.deepEqual(new Set(taken.map(({ exclusive }) => exclusive)), new Set([false, true]))
})

test('lines name resources of their kind, of the studio, and each only once', async () => {
  const { anna, room, bookableId } = await arrange()
  const change = (lines: NonNullable<Parameters<typeof updateBookable>[2]['lines']>) =>
    app.write((work) => updateBookable(work, { studioId: app.berlin.studioId, bookableId }, { lines }))
  const line = { kind: 'ROOM', count: 1 } as const
  const employee = change([{ ...line, pool: [{ resourceId: anna.resourceId }] }])
  await assert.rejects(employee, { code: 'errormessage.validation.enum' })
  const twice = change([
    { ...line, pool: [{ resourceId: room }] },
    { ...line, pool: [{ resourceId: room }] },
  ])
  await assert.rejects(twice, { code: 'errormessage.validation.uniqueItems' })
  const grid = app.write((work) => updateBookable(work, { studioId: app.berlin.studioId, bookableId }, { gridMin: 50 }))
  await assert.rejects(grid, { code: 'errormessage.validation.pattern' })
  await change([{ ...line, pool: [{ resourceId: room }] }])
  const { body } = await calls.slots(bookableId)
  assert.deepEqual(body[0].instructors, [])
})
