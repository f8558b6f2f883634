import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { inArray, sql } from 'drizzle-orm'
import { openTestApp, type TestAnswer, type TestApp } from '../../test/support/app.ts'
import { insertTrainer } from '../../test/support/appointment-world.ts'
import { insertCustomer } from '../../test/support/booking-world.ts'
import { holdScene, openSecondIntegration } from '../../test/support/hold-scene.ts'
import { auditOf, eventsOf } from '../../test/support/records.ts'
import { cancelSlot, changeSlot } from '../classes/index.ts'
import { bookings } from '../classes/tables.ts'

// Monday 15 June 2026, 09:00 in Berlin; a hold made then ends at 09:10.

let app: TestApp
let scene: ReturnType<typeof holdScene>
before(async () => {
  app = await openTestApp()
  scene = holdScene(app)
})
after(() => app.close())

let customerId: number
beforeEach(async () => {
  customerId = await scene.prospect()
})

const start = '2026-06-16T10:00:00+02:00'
const codeOf = ({ status, body }: TestAnswer) => `${status} ${body.errorCode?.replace('errormessage.', '')}`

const eventsAbout = async (...ids: number[]) =>
  (await eventsOf(app)).filter(({ entityId }) => ids.includes(entityId)).map(({ type }) => type)
const actionsOn = async (id: number) =>
  (await auditOf(app)).filter(({ entityId }) => entityId === id).map(({ action }) => action)

const shownSlot = async (classId: number, classSlotId: number) =>
  (await app.get(`/v1/classes/${classId}/slots/${classSlotId}`)).body

/** The end of a hold passes, and nobody has stored it yet. */
const expire = (holdId: number) =>
  app.write(({ tx, now }) =>
    tx.execute(sql`update bookings set confirm_deadline = ${now.subtract({ milliseconds: 1 }).toString()},
      held_until = ${now.subtract({ milliseconds: 1 }).toString()} where id = ${holdId}`),
  )

async function arrangeTrainer() {
  const { resourceId, employeeId } = await app.write((work) => insertTrainer(work, app.berlin))
  const lines = [{ kind: 'EMPLOYEE' as const, pool: [resourceId] }]
  return { ...(await scene.arrangeBookable({}, { lines })), employeeId }
}

const listedStarts = async (bookableId: number) => {
  const path = `/v1/trial-offers/bookable-trial-offers/appointments/bookable/${bookableId}/slots`
  const { body } = await app.get(`${path}?slotWindowStartDate=2026-06-16&daysAhead=1`)
  return body.map((one: any) => String(Temporal.Instant.from(one.startDateTime)))
}
const isListed = async (bookableId: number) =>
  (await listedStarts(bookableId)).includes(String(Temporal.Instant.from(start)))

test('the last seat is held for ten minutes, is taken for everybody else, and becomes the booking of whoever brings the hold', async () => {
  const { classId, classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 1 })
  const answer = await scene.holdSeat(classSlotId)
  const { holdId } = answer.body
  assert.deepEqual(answer.body, {
    ...{ holdId, status: 'ACTIVE', expiresAt: '2026-06-15T09:10:00.000+02:00[Europe/Berlin]', classSlotId },
    startDateTime: '2026-06-17T18:00:00.000+02:00[Europe/Berlin]',
    endDateTime: '2026-06-17T18:45:00.000+02:00[Europe/Berlin]',
  })
  assert.deepEqual((await scene.readHold(holdId)).body, answer.body)
  assert.equal((await shownSlot(classId, classSlotId)).bookedParticipants, 1)
  const other = await scene.prospect()
  assert.equal(await scene.validateClass(other, classSlotId), 'BOOKING_LIMIT_REACHED')
  assert.equal(codeOf(await scene.bookClass(other, classSlotId)), '400 booking.bookingLimitReached')
  const member = await app.write((work) => insertCustomer(work, app.berlin))
  const asMember = await app.post('/v1/classes/booking/book', { customerId: member, classSlotId })
  assert.equal(codeOf(asMember), '400 booking.bookingLimitReached')
  assert.equal((await scene.useSeat(holdId, customerId, classSlotId, 'validate')).body.validationStatus, 'AVAILABLE')
  const booked = await scene.useSeat(holdId, customerId, classSlotId)
  assert.deepEqual([booked.body.bookingId, booked.body.bookingStatus], [holdId, 'BOOKED'])
  assert.equal((await shownSlot(classId, classSlotId)).bookedParticipants, 1)
  assert.equal((await app.get(`/v1/classes/booking/${holdId}`)).body.customerId, customerId)
  assert.equal(await scene.statusOf(holdId), 'USED')
  assert.deepEqual(await eventsAbout(holdId), ['CLASS_BOOKING_CREATED'])
  assert.deepEqual(await actionsOn(holdId), ['hold.created', 'booking.created'])
  assert.equal(codeOf(await scene.useSeat(holdId, other, classSlotId)), '400 hold.used')
  assert.equal(codeOf(await scene.release(holdId)), '400 hold.used')
})

test('a hold ends by itself: its last moment still books, after it the seat is free without anybody having stored it', async () => {
  await using own = await openTestApp()
  const there = holdScene(own)
  const { classId, classSlotId } = await there.arrangeClass({}, {}, { maxParticipants: 1 })
  const [early, late] = [await there.prospect(), await there.prospect()]
  const first = await there.mustHoldSeat(classSlotId)
  await own.travelTo('2026-06-15T09:10:00+02:00')
  assert.equal((await there.useSeat(first, early, classSlotId, 'validate')).body.validationStatus, 'AVAILABLE')
  assert.equal(await there.validateClass(late, classSlotId), 'BOOKING_LIMIT_REACHED')
  await own.travelTo('2026-06-15T09:10:00.001+02:00')
  assert.equal(await there.statusOf(first), 'EXPIRED')
  assert.equal(codeOf(await there.useSeat(first, early, classSlotId)), '400 hold.expired')
  const second = await there.mustHoldSeat(classSlotId)
  await own.write(({ tx, now }) =>
    tx.execute(
      sql`update bookings set confirm_deadline = ${now.subtract({ minutes: 1 }).toString()} where id = ${second}`,
    ),
  )
  const shown = (await own.get(`/v1/classes/${classId}/slots/${classSlotId}`)).body
  assert.equal(shown.bookedParticipants, 0)
  assert.equal(await there.statusOf(second), 'EXPIRED')
  const validated = await there.useSeat(second, early, classSlotId, 'validate')
  assert.equal(codeOf(validated), '400 hold.expired')
  assert.equal(codeOf(await there.useSeat(second, early, classSlotId)), '400 hold.expired')
  assert.equal(await there.validateClass(late, classSlotId), 'AVAILABLE')
  await there.mustBookClass(late, classSlotId)
  const told = (await eventsOf(own)).map(({ type }) => type)
  assert.deepEqual(told, ['CLASS_BOOKING_CREATED'])
})

test('who waits gets the seat of a hold that ends or is given back', async () => {
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 2, maxWaiting: 5 })
  const [released, expired] = [await scene.mustHoldSeat(classSlotId), await scene.mustHoldSeat(classSlotId)]
  const [first, second] = [await scene.prospect(), await scene.prospect()]
  const waiting = [
    await scene.mustBookClass(first, classSlotId, 'WAITING_LIST'),
    await scene.mustBookClass(second, classSlotId, 'WAITING_LIST'),
  ] as const
  const statusOf = async (id: number) => (await app.get(`/v1/classes/booking/${id}`)).body.bookingStatus
  assert.equal((await scene.release(released)).body.status, 'RELEASED')
  assert.deepEqual([await statusOf(waiting[0]), await statusOf(waiting[1])], ['BOOKED', 'WAITING_LIST'])
  await expire(expired)
  // A fresh wish that comes before the sweeper does not overtake the queue.
  await scene.mustBookClass(customerId, classSlotId, 'WAITING_LIST')
  assert.equal(await statusOf(waiting[1]), 'BOOKED')
  assert.equal((await scene.release(released)).body.status, 'RELEASED')
  assert.equal((await scene.release(expired)).body.status, 'EXPIRED')
  assert.deepEqual(await actionsOn(released), ['hold.created', 'hold.canceled'])
  assert.deepEqual(await actionsOn(expired), ['hold.created', 'hold.canceled'])
  assert.deepEqual(await eventsAbout(released, expired), [])
})

test('while somebody waits, the held seat stays the holder’s', async () => {
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 1, maxWaiting: 5 })
  const holdId = await scene.mustHoldSeat(classSlotId)
  await scene.mustBookClass(await scene.prospect(), classSlotId, 'WAITING_LIST')
  assert.equal((await scene.useSeat(holdId, customerId, classSlotId)).body.bookingStatus, 'BOOKED')
})

test('a full slot cannot be held, also where somebody could wait', async () => {
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 1, maxWaiting: 5 })
  await scene.mustBookClass(customerId, classSlotId)
  assert.equal(codeOf(await scene.holdSeat(classSlotId)), '400 booking.bookingLimitReached')
})

test('what a trial could not book for anybody cannot be held', async () => {
  assert.equal(codeOf(await scene.holdSeat(4711)), '404 classSlot.notFound')
  const { classSlotId } = await scene.arrangeClass()
  assert.equal(codeOf(await scene.holdSeat(classSlotId, { as: app.hamburg })), '404 classSlot.notFound')
  const window = { earliestTermValue: 1, earliestTermUnit: 'HOURS' } as const
  const early = await scene.arrangeClass({}, { rule: window })
  assert.equal(codeOf(await scene.holdSeat(early.classSlotId)), '400 booking.dateTimeBeforeEarliestBookingDateTime')
  const begun = await scene.arrangeClass({}, {}, { start: '2026-06-15T08:50+02:00' })
  assert.equal(codeOf(await scene.holdSeat(begun.classSlotId)), '400 booking.dateTimeAfterLatestBookingDateTime')
  await scene.assign(begun.configId, { classIds: [], bookableIds: [] })
  assert.equal(codeOf(await scene.holdSeat(begun.classSlotId)), '400 booking.notAvailable')
  const { bookableId } = await arrangeTrainer()
  assert.equal(codeOf(await scene.holdTime({ bookableId: 4711, start })), '404 bookableAppointment.notFound')
  const offGrid = { bookableId, start: '2026-06-16T10:07:00+02:00' }
  assert.equal(codeOf(await scene.holdTime(offGrid)), '400 booking.notAvailable')
  const past = { bookableId, start: '2026-06-15T08:00:00+02:00' }
  assert.equal(codeOf(await scene.holdTime(past)), '400 booking.pastStartDateTime')
})

test('a held time occupies the trainer: it is not listed, others are refused, the holder books it', async () => {
  const { bookableId, employeeId } = await arrangeTrainer()
  assert.ok(await isListed(bookableId))
  const { status, body, text } = await scene.holdTime({ bookableId, start })
  assert.equal(status, 200, text)
  const { holdId } = body
  assert.deepEqual(
    [body.bookableAppointmentId, body.instructors.map(({ id }: { id: number }) => id), body.classSlotId],
    [bookableId, [employeeId], undefined],
  )
  assert.ok(!(await isListed(bookableId)))
  const wish = { bookableId, start, customerId }
  assert.equal(await scene.validateAppointment(wish), 'RESOURCE_NOT_AVAILABLE')
  assert.equal(codeOf(await scene.bookAppointment(wish)), '400 booking.resourceNotAvailable')
  assert.equal(codeOf(await scene.holdTime({ bookableId, start })), '400 booking.resourceNotAvailable')
  assert.equal((await scene.useTime(holdId, wish, 'validate')).body.validationStatus, 'AVAILABLE')
  const booked = await scene.useTime(holdId, wish)
  assert.deepEqual([booked.body.bookingId, booked.body.bookingStatus], [holdId, 'BOOKED'])
  assert.deepEqual(
    booked.body.instructors.map(({ id }: { id: number }) => id),
    [employeeId],
  )
  assert.deepEqual(await eventsAbout(holdId), ['APPOINTMENT_BOOKING_CREATED'])
  assert.equal((await app.delete(`/v1/appointments/booking/${holdId}`)).status, 200)
  assert.ok(await isListed(bookableId))
})

test('a held time is free again when the hold ends or is given back', async () => {
  const { bookableId } = await arrangeTrainer()
  const wish = { bookableId, start, customerId }
  const released = await scene.mustHoldTime({ bookableId, start })
  assert.equal((await scene.release(released)).body.status, 'RELEASED')
  assert.ok(await isListed(bookableId))
  assert.equal(codeOf(await scene.useTime(released, wish)), '400 hold.released')
  const expired = await scene.mustHoldTime({ bookableId, start })
  await expire(expired)
  assert.ok(await isListed(bookableId))
  assert.equal(codeOf(await scene.useTime(expired, wish, 'validate')), '400 hold.expired')
  assert.equal(await scene.validateAppointment(wish), 'AVAILABLE')
  await scene.mustBookAppointment(wish)
  assert.equal(codeOf(await scene.useTime(expired, wish)), '400 hold.expired')
  assert.deepEqual(await eventsAbout(released, expired), [])
})

test('in a group a hold takes one place, and the last one goes to its holder', async () => {
  const { bookableId } = await scene.arrangeBookable({}, { maxParticipants: 2 })
  const first = await scene.mustHoldTime({ bookableId, start })
  const second = await scene.mustHoldTime({ bookableId, start })
  const [holdA, holdB] = await Promise.all([scene.readHold(first), scene.readHold(second)])
  assert.deepEqual([holdA.body.status, holdB.body.status], ['ACTIVE', 'ACTIVE'])
  const wish = { bookableId, start, customerId }
  assert.equal((await scene.useTime(second, wish)).body.bookingId, second)
  const held = await app.read(({ db }) =>
    db
      .select()
      .from(bookings)
      .where(inArray(bookings.id, [first, second])),
  )
  assert.equal(new Set(held.map(({ appointmentId }) => appointmentId)).size, 1)
})

test('a hold fits only what it was made for', async () => {
  const { classId, classSlotId } = await scene.arrangeClass()
  const otherSlot = await scene.addSlot(classId, '2026-06-18T18:00+02:00')
  const { bookableId } = await arrangeTrainer()
  const seat = await scene.mustHoldSeat(classSlotId)
  const time = await scene.mustHoldTime({ bookableId, start })
  const later = '2026-06-16T12:00:00+02:00'
  const answers = [
    await scene.useSeat(seat, customerId, otherSlot),
    await scene.useSeat(time, customerId, classSlotId),
    await scene.useTime(seat, { bookableId, start, customerId }),
    await scene.useTime(time, { bookableId, start: later, customerId }),
    await scene.useTime(time, { bookableId, start: later, customerId }, 'validate'),
  ]
  assert.deepEqual([...new Set(answers.map(codeOf))], ['400 hold.mismatch'])
  assert.equal(answers[0]?.body.reference, 'holdId')
  const instructorIds = [4711]
  const elsewhere = await scene.useTime(time, { bookableId, start, customerId, instructorIds })
  assert.equal(codeOf(elsewhere), '400 booking.resourceNotAvailable')
})

test('a hold is nobody else’s: other integrations, studios and tenants do not know it', async () => {
  const second = await openSecondIntegration(app)
  const { classSlotId } = await scene.arrangeClass()
  const holdId = await scene.mustHoldSeat(classSlotId)
  for (const as of [second, app.hamburg, app.stranger]) {
    assert.equal(codeOf(await scene.readHold(holdId, { as })), '404 hold.notFound')
    assert.equal(codeOf(await scene.release(holdId, { as })), '404 hold.notFound')
  }
  assert.equal(
    codeOf(await scene.useSeat(holdId, customerId, classSlotId, 'book', { as: second })),
    '404 hold.notFound',
  )
  assert.equal(codeOf(await scene.useSeat(4711, customerId, classSlotId)), '404 hold.notFound')
  const booking = await scene.mustBookClass(customerId, classSlotId)
  assert.equal(codeOf(await scene.readHold(booking)), '404 hold.notFound')
  assert.equal(await scene.statusOf(holdId), 'ACTIVE')
})

test('a hold is no booking', async () => {
  const { classSlotId } = await scene.arrangeClass({ confirmationTermValue: 1, confirmationTermUnit: 'DAY' })
  const { bookableId } = await arrangeTrainer()
  const [seat, time] = [await scene.mustHoldSeat(classSlotId), await scene.mustHoldTime({ bookableId, start })]
  const answers = [
    await app.get(`/v1/classes/booking/${seat}`),
    await app.delete(`/v1/classes/booking/${seat}`),
    await app.get(`/v1/appointments/booking/${time}`),
    await app.delete(`/v1/appointments/booking/${time}`),
    await scene.confirm(seat),
    await scene.confirm(time),
  ]
  assert.deepEqual([...new Set(answers.map(codeOf))], ['404 booking.notFound'])
  assert.deepEqual([await scene.statusOf(seat), await scene.statusOf(time)], ['ACTIVE', 'ACTIVE'])
})

test('a hold keeps the place, not the rules: who may not try it is refused, and the hold lives on', async () => {
  const { classSlotId } = await scene.arrangeClass({
    contingent: 1,
    confirmationTermValue: 1,
    confirmationTermUnit: 'DAY',
  })
  const holdId = await scene.mustHoldSeat(classSlotId)
  const membershipUntil = Temporal.PlainDate.from('2026-12-31')
  const member = await app.write((work) => insertCustomer(work, app.berlin, { membershipUntil }))
  assert.equal(codeOf(await scene.useSeat(holdId, member, classSlotId)), '400 booking.notAvailable')
  const { body } = await scene.useSeat(holdId, customerId, classSlotId)
  assert.equal(body.bookingStatus, 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  assert.deepEqual(await eventsAbout(holdId), [])
  assert.equal((await scene.confirm(holdId)).body.status, 'CONFIRMED')
  assert.deepEqual(await eventsAbout(holdId), ['CLASS_BOOKING_CREATED'])
})

test('staff make the class smaller: the holder keeps the seat; they cancel it: the hold is gone, and nobody is told of it', async () => {
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 3 })
  const [used, lost] = [await scene.mustHoldSeat(classSlotId), await scene.mustHoldSeat(classSlotId)]
  await app.write((work) => changeSlot(work, classSlotId, { maxParticipants: 1 }))
  assert.equal((await scene.useSeat(used, customerId, classSlotId)).body.bookingStatus, 'BOOKED')
  await app.write((work) => cancelSlot(work, classSlotId))
  assert.equal(await scene.statusOf(lost), 'RELEASED')
  assert.equal(codeOf(await scene.useSeat(lost, await scene.prospect(), classSlotId)), '400 hold.released')
  assert.deepEqual(await eventsAbout(lost), [])
})

test('an integration holds 20 places at once in a studio, and one more when one of them has ended', async () => {
  await using own = await openTestApp()
  const there = holdScene(own)
  const { classSlotId } = await there.arrangeClass({}, {}, { maxParticipants: 50 })
  const { bookableId } = await there.arrangeBookable()
  const held: number[] = []
  for (let k = 0; k < 20; k++) held.push(await there.mustHoldSeat(classSlotId))
  const refused = await there.holdSeat(classSlotId)
  assert.deepEqual([codeOf(refused), refused.body.args], ['400 hold.limitReached', [20]])
  assert.equal(codeOf(await there.holdTime({ bookableId, start })), '400 hold.limitReached')
  const second = await openSecondIntegration(own)
  assert.equal((await there.holdSeat(classSlotId, { as: second })).status, 200)
  assert.equal((await there.release(held[0] as number)).status, 200)
  await there.mustHoldTime({ bookableId, start })
  assert.equal((await there.useSeat(held[1] as number, await there.prospect(), classSlotId)).status, 200)
  await there.mustHoldSeat(classSlotId)
  await own.travelTo('2026-06-15T09:10:00.001+02:00')
  await there.mustHoldSeat(classSlotId)
})

test('a repeated call with one Idempotency-Key holds one seat', async () => {
  const { classId, classSlotId } = await scene.arrangeClass()
  const headers = { 'idempotency-key': 'hold-1' }
  const [first, again] = [
    await scene.holdSeat(classSlotId, { headers }),
    await scene.holdSeat(classSlotId, { headers }),
  ]
  assert.deepEqual(again.body, first.body)
  assert.equal((await shownSlot(classId, classSlotId)).bookedParticipants, 1)
})
