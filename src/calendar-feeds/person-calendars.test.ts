import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { appointmentCalls, insertBookable, insertTrainer } from '../../test/support/scenes/appointment-world.ts'
import {
  insertClass,
  insertCustomer,
  insertInstructor,
  insertResource,
  insertSlot,
} from '../../test/support/scenes/booking-world.ts'
import { classScene } from '../../test/support/scenes/class-scene.ts'
import { feedScene } from '../../test/support/scenes/feed-scene.ts'
import { findEvent, onlyEvent } from '../../test/support/icalendar.ts'
import { cancelAppointment, rescheduleAppointment } from '../appointments/index.ts'
import { changeSlot } from '../classes/index.ts'
import { bookings } from '../bookings/tables.ts'
import { overrideText } from '../platform/texts/overrides.ts'
import { setActivationScopes } from '../integrations/index.ts'
import { defined } from '../platform/values/defined.ts'

// What instructors and customers see. Monday 15 June 2026, 09:00 in Berlin, where the studio speaks German.

let app: TestApp
let scene: ReturnType<typeof classScene>
let feeds: ReturnType<typeof feedScene>
before(async () => {
  app = await openTestApp()
  scene = classScene(app)
  feeds = feedScene(app)
  await feeds.settle()
})
after(() => app.close())

/** Anna gives a class and has an appointment with a customer whose every word is a mark. */
async function arrangeInstructor() {
  const { berlin } = app
  const made = await app.write(async (work) => {
    const [anna, ben] = [await insertTrainer(work, berlin, 'Anna'), await insertTrainer(work, berlin, 'Ben')]
    const { classId } = await insertClass(work, berlin)
    const own = await insertSlot(work, { ...berlin, classId }, '2026-06-17T18:00+02:00')
    const others = await insertSlot(work, { ...berlin, classId }, '2026-06-17T19:00+02:00')
    await insertInstructor(work, berlin, { slotId: own, employeeId: anna.employeeId })
    await insertInstructor(work, berlin, { slotId: others, employeeId: ben.employeeId })
    const hidden = await insertClass(work, berlin, { title: 'Zqsecret', onlineVisible: false })
    const unseen = await insertSlot(work, { ...berlin, ...hidden }, '2026-06-17T20:00+02:00')
    await insertInstructor(work, berlin, { slotId: unseen, employeeId: anna.employeeId })
    const customerId = await insertCustomer(work, berlin, {
      firstName: 'Zqmarker',
      lastName: 'Zqmarker',
      email: 'zqmarker@mail.example',
    })
    return { anna, own, unseen, customerId, room: await insertResource(work, berlin) }
  })
  return { ...made, ...(await arrangeBookable(made.anna.resourceId, made.room)) }
}

const arrangeBookable = (resourceId: number, room: number) =>
  app.write(async (work) => {
    return insertBookable(work, app.berlin, {
      title: 'Rückentraining',
      lines: [
        { kind: 'EMPLOYEE', pool: [resourceId] },
        { kind: 'ROOM', pool: [room] },
      ],
    })
  })

async function bookAt(scened: { readonly bookableId: number; readonly customerId: number }, start: string) {
  const { status, body, text } = await appointmentCalls(app).book({ ...scened, start })
  assert.equal(status, 200, text)
  const { bookingId } = body
  const [row] = await app.read(({ db }) =>
    db.select({ id: bookings.appointmentId }).from(bookings).where(eq(bookings.id, bookingId)),
  )
  return { bookingId: bookingId as number, appointmentId: row?.id as number }
}

test('an instructor sees the classes that are his or hers, and of appointments only that the time is taken', async () => {
  const made = await arrangeInstructor()
  const { appointmentId } = await bookAt(made, '2026-06-18T10:00:00+02:00')
  const feed = await feeds.make(`employees/${made.anna.employeeId}`)
  const { text } = await feeds.fetchPath(feed.path)
  assert.doesNotMatch(text, /zqmarker|zqsecret|rückentraining/i)
  const calendar = await feeds.read(feed)
  const { properties, events } = calendar
  assert.equal(properties['NAME'], 'Anna Berg · Berlin')
  assert.deepEqual(
    events.map((event) => [event['UID'], event['SUMMARY'], event['TRANSP'], event['STATUS']]),
    [
      [`class-slot-${made.own}@demo.palestra`, 'Yoga', 'OPAQUE', 'CONFIRMED'],
      [`class-slot-${made.unseen}@demo.palestra`, 'Belegt', 'OPAQUE', 'CONFIRMED'],
      [`appointment-${appointmentId}@demo.palestra`, 'Belegt', 'OPAQUE', 'CONFIRMED'],
    ],
  )
  const taken = findEvent(calendar, `appointment-${appointmentId}`)
  assert.deepEqual(
    [taken?.['DESCRIPTION'], taken?.['LOCATION'], taken?.['DTSTART']],
    [undefined, undefined, '20260618T080000Z'],
  )
})

test('an appointment that was moved is taken over, and one that is canceled takes no time any more', async () => {
  const made = await arrangeInstructor()
  const { appointmentId } = await bookAt(made, '2026-06-18T10:00:00+02:00')
  const feed = await feeds.make(`employees/${made.anna.employeeId}`)
  const readEvent = async () => findEvent(await feeds.read(feed), `appointment-${appointmentId}`)
  const before = await readEvent()
  const reference = { studio: { studioId: app.berlin.studioId, zone: app.berlin.zone }, appointmentId }
  const start = Temporal.Instant.from('2026-06-18T11:00:00+02:00')
  await app.write((work) => rescheduleAppointment(work, reference, { start }))
  const moved = await readEvent()
  assert.equal(moved?.['DTSTART'], '20260618T090000Z')
  assert.ok(Number(moved?.['SEQUENCE']) > Number(before?.['SEQUENCE']))
  await app.write((work) => cancelAppointment(work, reference))
  assert.equal(await readEvent(), undefined)
})

test('an appointment whose only booking nobody confirmed in time takes no time, whether or not that is stored', async () => {
  const made = await arrangeInstructor()
  const { bookingId, appointmentId } = await bookAt(made, '2026-06-18T10:00:00+02:00')
  const feed = await feeds.make(`employees/${made.anna.employeeId}`)
  const own = await feeds.make(`bookings/${bookingId}`)
  const until = (confirmDeadline: Temporal.Instant) =>
    app.write(({ tx }) =>
      tx
        .update(bookings)
        .set({ status: 'BOOKED_WITH_CONFIRMATION_REQUIRED', confirmKind: 'STAFF', confirmDeadline })
        .where(eq(bookings.id, bookingId)),
    )
  const now = (await app.read(async (view) => view)).now
  await until(now)
  assert.ok(findEvent(await feeds.read(feed), `appointment-${appointmentId}`), 'the moment of the deadline counts')
  const waiting = onlyEvent(await feeds.read(own))
  assert.deepEqual([waiting['STATUS'], waiting['DESCRIPTION']?.split('\n')[0]], ['TENTATIVE', 'Noch nicht bestätigt.'])
  await until(now.subtract({ milliseconds: 1 }))
  assert.equal(findEvent(await feeds.read(feed), `appointment-${appointmentId}`), undefined)
  const over = onlyEvent(await feeds.read(own))
  assert.deepEqual([over['STATUS'], over['TRANSP']], ['CANCELLED', 'TRANSPARENT'])
  assert.ok(Number(over['SEQUENCE']) > Number(waiting['SEQUENCE']))
})

test('what the integration may not read is not in the calendar, from the moment on', async () => {
  const made = await arrangeInstructor()
  await bookAt(made, '2026-06-18T10:00:00+02:00')
  const feed = await feeds.make(`employees/${made.anna.employeeId}`)
  const { activationId } = app.berlin
  const countWith = async (...scopes: string[]) => {
    await app.write((work) => setActivationScopes(work, activationId, scopes))
    const { status } = await feeds.fetchPath(feed.path)
    return status === 200 ? (await feeds.read(feed)).events.map((event) => event['UID']?.split('-')[0]) : status
  }
  const all = ['CLASSES_READ', 'CLASSES_WRITE', 'APPOINTMENTS_READ', 'APPOINTMENTS_WRITE']
  assert.deepEqual(await countWith('CLASSES_READ'), ['class', 'class'])
  assert.deepEqual(await countWith('APPOINTMENTS_READ'), ['appointment'])
  assert.equal(await countWith('CUSTOMER_READ'), 404)
  assert.deepEqual(await countWith(...all), ['class', 'class', 'appointment'])
})

test('a customer finds a booked class in the own calendar, and there what becomes of it', async () => {
  const { classSlotId } = await scene.arrange({ title: 'Spinning' })
  const bookingId = await scene.mustBook(await scene.customer(), classSlotId)
  const feed = await feeds.make(`bookings/${bookingId}`)
  const readEvent = async () => onlyEvent(await feeds.read(feed))
  const booked = await readEvent()
  assert.deepEqual(
    [booked['UID'], booked['SUMMARY'], booked['STATUS'], booked['TRANSP']],
    [`booking-${bookingId}@demo.palestra`, 'Spinning', 'CONFIRMED', 'OPAQUE'],
  )
  const [start, end] = ['2026-06-18T10:00+02:00', '2026-06-18T11:00+02:00'].map((text) => Temporal.Instant.from(text))
  await app.write((work) => changeSlot(work, classSlotId, { ...defined({ start }), ...defined({ end }) }))
  const moved = await readEvent()
  assert.deepEqual([moved['DTSTART'], moved['DTEND']], ['20260618T080000Z', '20260618T090000Z'])
  assert.ok(Number(moved['SEQUENCE']) > Number(booked['SEQUENCE']))
  await scene.cancel(bookingId)
  const canceled = await readEvent()
  assert.deepEqual([canceled['STATUS'], canceled['TRANSP']], ['CANCELLED', 'TRANSPARENT'])
  assert.ok(Number(canceled['SEQUENCE']) > Number(moved['SEQUENCE']))
})

test('the entry of a waiting booking says that it is not certain, and the start ends the waiting', async () => {
  const { classSlotId } = await scene.arrange({}, { maxParticipants: 1, maxWaiting: 2 })
  const [first, second] = await scene.customers(2)
  await scene.mustBook(first ?? 0, classSlotId)
  const bookingId = await scene.mustBook(second ?? 0, classSlotId, 'WAITING_LIST')
  const feed = await feeds.make(`bookings/${bookingId}`)
  const readEvent = async () => onlyEvent(await feeds.read(feed))
  const waits = await readEvent()
  assert.deepEqual([waits['STATUS'], waits['DESCRIPTION']], ['TENTATIVE', 'Noch auf der Warteliste.'])
  // Stored as waiting still, but read after the start.
  const past = Temporal.Instant.from('2026-06-15T08:00+02:00')
  await app.write(({ tx }) =>
    tx
      .update(bookings)
      .set({ during: { from: past, until: past.add({ minutes: 45 }) } })
      .where(eq(bookings.id, bookingId)),
  )
  assert.equal((await readEvent())['STATUS'], 'CANCELLED')
})

test('a customer finds an appointment with its room and its instructor', async () => {
  const made = await arrangeInstructor()
  const { bookingId } = await bookAt(made, '2026-06-18T10:00:00+02:00')
  const feed = await feeds.make(`bookings/${bookingId}`)
  const event = onlyEvent(await feeds.read(feed))
  assert.deepEqual(
    [event['SUMMARY'], event['DESCRIPTION'], event['LOCATION']],
    ['Rückentraining', 'Mit Anna Berg', 'Room 1, Berlin, Lindenallee 12, 10435 Berlin'],
  )
  await appointmentCalls(app).cancel(bookingId)
  assert.equal(onlyEvent(await feeds.read(feed))['STATUS'], 'CANCELLED')
})

test('a studio words its calendars itself', async () => {
  await app.write((work) => overrideText(work, { key: 'pagetext.calendar.with', language: 'de', text: 'Trainer: {0}' }))
  const made = await arrangeInstructor()
  const { bookingId } = await bookAt(made, '2026-06-19T10:00:00+02:00')
  const feed = await feeds.make(`bookings/${bookingId}`)
  assert.equal(onlyEvent(await feeds.read(feed))['DESCRIPTION'], 'Trainer: Anna Berg')
})
