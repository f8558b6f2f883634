import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { insertCustomer } from '../../test/support/scenes/booking-world.ts'
import { readCode, holdScene, openSecondIntegration } from '../../test/support/scenes/hold-scene.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { cancelSlot, changeSlot } from '../classes/index.ts'

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

const actionsOn = async (id: number) =>
  (await listAudit(app)).filter(({ entityId }) => entityId === id).map(({ action }) => action)

const shownSlot = async (classId: number, classSlotId: number) =>
  (await app.get(`/v1/classes/${classId}/slots/${classSlotId}`)).body

test('the last seat is held for ten minutes, is taken for everybody else, and becomes the booking of the customer who brings the hold', async () => {
  const { classId, classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 1 })
  const answer = await scene.holdSeat(classSlotId)
  const { holdId } = answer.body
  assert.deepEqual(answer.body, {
    holdId,
    status: 'ACTIVE',
    expiresAt: '2026-06-15T09:10:00.000+02:00',
    classSlotId,
    startDateTime: '2026-06-17T18:00:00.000+02:00',
    endDateTime: '2026-06-17T18:45:00.000+02:00',
  })
  assert.deepEqual((await scene.readHold(holdId)).body, answer.body)
  assert.equal((await shownSlot(classId, classSlotId)).bookedParticipants, 1)
  const other = await scene.prospect()
  assert.equal(await scene.validateClass(other, classSlotId), 'BOOKING_LIMIT_REACHED')
  assert.equal(readCode(await scene.bookClass(other, classSlotId)), '400 booking.bookingLimitReached')
  const member = await app.write((work) => insertCustomer(work, app.berlin))
  const asMember = await app.post('/v1/classes/booking/book', { customerId: member, classSlotId })
  assert.equal(readCode(asMember), '400 booking.bookingLimitReached')
  assert.equal((await scene.checkSeat(holdId, customerId, classSlotId)).body.validationStatus, 'AVAILABLE')
  const booked = await scene.useSeat(holdId, customerId, classSlotId)
  assert.deepEqual([booked.body.bookingId, booked.body.bookingStatus], [holdId, 'BOOKED'])
  assert.equal((await shownSlot(classId, classSlotId)).bookedParticipants, 1)
  assert.equal((await app.get(`/v1/classes/booking/${holdId}`)).body.customerId, customerId)
  assert.equal(await scene.fetchHoldStatus(holdId), 'USED')
  assert.deepEqual(await scene.eventsAbout(holdId), ['CLASS_BOOKING_CREATED'])
  assert.deepEqual(await actionsOn(holdId), ['hold.created', 'booking.created'])
  assert.equal(readCode(await scene.useSeat(holdId, other, classSlotId)), '400 hold.used')
  assert.equal(readCode(await scene.release(holdId)), '400 hold.used')
})

test('a hold ends by itself: its last moment still books, after it the seat is free although no write has stored it', async () => {
  await using own = await openTestApp()
  const there = holdScene(own)
  const { classId, classSlotId } = await there.arrangeClass({}, {}, { maxParticipants: 1 })
  const [early, late] = [await there.prospect(), await there.prospect()]
  const first = await there.mustHoldSeat(classSlotId)
  await own.travelTo('2026-06-15T09:10:00+02:00')
  assert.equal((await there.checkSeat(first, early, classSlotId)).body.validationStatus, 'AVAILABLE')
  assert.equal(await there.validateClass(late, classSlotId), 'BOOKING_LIMIT_REACHED')
  await own.travelTo('2026-06-15T09:10:00.001+02:00')
  assert.equal(await there.fetchHoldStatus(first), 'EXPIRED')
  assert.equal(readCode(await there.useSeat(first, early, classSlotId)), '400 hold.expired')
  const second = await there.mustHoldSeat(classSlotId)
  await own.write(({ tx, now }) =>
    tx.execute(
      sql`update bookings set confirm_deadline = ${now.subtract({ minutes: 1 }).toString()} where id = ${second}`,
    ),
  )
  const shown = (await own.get(`/v1/classes/${classId}/slots/${classSlotId}`)).body
  assert.equal(shown.bookedParticipants, 0)
  assert.equal(await there.fetchHoldStatus(second), 'EXPIRED')
  const validated = await there.checkSeat(second, early, classSlotId)
  assert.equal(readCode(validated), '400 hold.expired')
  assert.equal(readCode(await there.useSeat(second, early, classSlotId)), '400 hold.expired')
  assert.equal(await there.validateClass(late, classSlotId), 'AVAILABLE')
  await there.mustBookClass(late, classSlotId)
  const types = (await listEvents(own)).map(({ type }) => type)
  assert.deepEqual(types, ['CLASS_BOOKING_CREATED'])
})

test('who waits gets the seat of a hold that ends or is given back', async () => {
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 2, maxWaiting: 5 })
  const [released, expired] = [await scene.mustHoldSeat(classSlotId), await scene.mustHoldSeat(classSlotId)]
  const [first, second] = [await scene.prospect(), await scene.prospect()]
  const waiting = [
    await scene.mustBookClass(first, classSlotId, 'WAITING_LIST'),
    await scene.mustBookClass(second, classSlotId, 'WAITING_LIST'),
  ] as const
  const fetchStatus = async (id: number) => (await app.get(`/v1/classes/booking/${id}`)).body.bookingStatus
  assert.equal((await scene.release(released)).body.status, 'RELEASED')
  assert.deepEqual([await fetchStatus(waiting[0]), await fetchStatus(waiting[1])], ['BOOKED', 'WAITING_LIST'])
  await scene.expire(expired)
  // A fresh wish that comes before the sweeper does not overtake the queue.
  await scene.mustBookClass(customerId, classSlotId, 'WAITING_LIST')
  assert.equal(await fetchStatus(waiting[1]), 'BOOKED')
  assert.equal((await scene.release(released)).body.status, 'RELEASED')
  assert.equal((await scene.release(expired)).body.status, 'EXPIRED')
  assert.deepEqual(await actionsOn(released), ['hold.created', 'hold.canceled'])
  assert.deepEqual(await actionsOn(expired), ['hold.created', 'hold.canceled'])
  assert.deepEqual(await scene.eventsAbout(released, expired), [])
})

test('while a customer waits, the held seat stays the holder’s', async () => {
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 1, maxWaiting: 5 })
  const holdId = await scene.mustHoldSeat(classSlotId)
  await scene.mustBookClass(await scene.prospect(), classSlotId, 'WAITING_LIST')
  assert.equal((await scene.useSeat(holdId, customerId, classSlotId)).body.bookingStatus, 'BOOKED')
})

test('a full slot cannot be held, also where a customer could wait', async () => {
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 1, maxWaiting: 5 })
  await scene.mustBookClass(customerId, classSlotId)
  assert.equal(readCode(await scene.holdSeat(classSlotId)), '400 booking.bookingLimitReached')
})

test('what a trial could not book for any person cannot be held', async () => {
  assert.equal(readCode(await scene.holdSeat(4711)), '404 classSlot.notFound')
  const { classSlotId } = await scene.arrangeClass()
  assert.equal(readCode(await scene.holdSeat(classSlotId, { as: app.hamburg })), '404 classSlot.notFound')
  const window = { earliestTermValue: 1, earliestTermUnit: 'HOURS' } as const
  const early = await scene.arrangeClass({}, { rule: window })
  assert.equal(readCode(await scene.holdSeat(early.classSlotId)), '400 booking.dateTimeBeforeEarliestBookingDateTime')
  const begun = await scene.arrangeClass({}, {}, { start: '2026-06-15T08:50+02:00' })
  assert.equal(readCode(await scene.holdSeat(begun.classSlotId)), '400 booking.dateTimeAfterLatestBookingDateTime')
  await scene.assign(begun.configId, { classIds: [], bookableIds: [] })
  assert.equal(readCode(await scene.holdSeat(begun.classSlotId)), '400 booking.notAvailable')
  const { bookableId } = await scene.arrangeTrainer()
  assert.equal(readCode(await scene.holdTime({ bookableId: 4711, start })), '404 bookableAppointment.notFound')
  const offGrid = { bookableId, start: '2026-06-16T10:07:00+02:00' }
  assert.equal(readCode(await scene.holdTime(offGrid)), '400 booking.notAvailable')
  const past = { bookableId, start: '2026-06-15T08:00:00+02:00' }
  assert.equal(readCode(await scene.holdTime(past)), '400 booking.pastStartDateTime')
})

test('a hold fits only the offer and time that it holds', async () => {
  const { classId, classSlotId } = await scene.arrangeClass()
  const otherSlot = await scene.addSlot(classId, '2026-06-18T18:00+02:00')
  const { bookableId } = await scene.arrangeTrainer()
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
  assert.deepEqual([...new Set(answers.map(readCode))], ['400 hold.mismatch'])
  assert.equal(answers[0]?.body.reference, 'holdId')
  const instructorIds = [4711]
  const elsewhere = await scene.useTime(time, { bookableId, start, customerId, instructorIds })
  assert.equal(readCode(elsewhere), '400 booking.resourceNotAvailable')
})

test('a hold is nobody else’s: other integrations, studios and tenants do not know it', async () => {
  const second = await openSecondIntegration(app)
  const { classSlotId } = await scene.arrangeClass()
  const holdId = await scene.mustHoldSeat(classSlotId)
  for (const as of [second, app.hamburg, app.stranger]) {
    assert.equal(readCode(await scene.readHold(holdId, { as })), '404 hold.notFound')
    assert.equal(readCode(await scene.release(holdId, { as })), '404 hold.notFound')
  }
  assert.equal(readCode(await scene.useSeat(holdId, customerId, classSlotId, { as: second })), '404 hold.notFound')
  assert.equal(readCode(await scene.useSeat(4711, customerId, classSlotId)), '404 hold.notFound')
  const booking = await scene.mustBookClass(customerId, classSlotId)
  assert.equal(readCode(await scene.readHold(booking)), '404 hold.notFound')
  assert.equal(await scene.fetchHoldStatus(holdId), 'ACTIVE')
})

test('a hold is no booking', async () => {
  const { classSlotId } = await scene.arrangeClass({ confirmationTermValue: 1, confirmationTermUnit: 'DAY' })
  const { bookableId } = await scene.arrangeTrainer()
  const [seat, time] = [await scene.mustHoldSeat(classSlotId), await scene.mustHoldTime({ bookableId, start })]
  const answers = [
    await app.get(`/v1/classes/booking/${seat}`),
    await app.delete(`/v1/classes/booking/${seat}`),
    await app.get(`/v1/appointments/booking/${time}`),
    await app.delete(`/v1/appointments/booking/${time}`),
    await scene.confirm(seat),
    await scene.confirm(time),
  ]
  assert.deepEqual([...new Set(answers.map(readCode))], ['404 booking.notFound'])
  assert.deepEqual([await scene.fetchHoldStatus(seat), await scene.fetchHoldStatus(time)], ['ACTIVE', 'ACTIVE'])
})

test('a hold keeps the seat, not the rules: who may not try it is refused, and the hold lives on', async () => {
  const { classSlotId } = await scene.arrangeClass({
    contingent: 1,
    confirmationTermValue: 1,
    confirmationTermUnit: 'DAY',
  })
  const holdId = await scene.mustHoldSeat(classSlotId)
  const membershipUntil = Temporal.PlainDate.from('2026-12-31')
  const member = await app.write((work) => insertCustomer(work, app.berlin, { membershipUntil }))
  assert.equal(readCode(await scene.useSeat(holdId, member, classSlotId)), '400 booking.notAvailable')
  const { body } = await scene.useSeat(holdId, customerId, classSlotId)
  assert.equal(body.bookingStatus, 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  assert.deepEqual(await scene.eventsAbout(holdId), [])
  assert.equal((await scene.confirm(holdId)).body.status, 'CONFIRMED')
  assert.deepEqual(await scene.eventsAbout(holdId), ['CLASS_BOOKING_CREATED'])
})

test('staff make the class smaller: the holder keeps the seat; they cancel it: the hold is gone, and no event is sent', async () => {
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 3 })
  const [used, lost] = [await scene.mustHoldSeat(classSlotId), await scene.mustHoldSeat(classSlotId)]
  await app.write((work) => changeSlot(work, classSlotId, { maxParticipants: 1 }))
  assert.equal((await scene.useSeat(used, customerId, classSlotId)).body.bookingStatus, 'BOOKED')
  await app.write((work) => cancelSlot(work, classSlotId))
  assert.equal(await scene.fetchHoldStatus(lost), 'RELEASED')
  assert.equal(readCode(await scene.useSeat(lost, await scene.prospect(), classSlotId)), '400 hold.released')
  assert.deepEqual(await scene.eventsAbout(lost), [])
})

test('an integration has 20 holds at once in a studio, and one more when one of them has ended', async () => {
  await using own = await openTestApp()
  const there = holdScene(own)
  const { classSlotId } = await there.arrangeClass({}, {}, { maxParticipants: 50 })
  const { bookableId } = await there.arrangeBookable()
  const held: number[] = []
  for (let k = 0; k < 20; k++) held.push(await there.mustHoldSeat(classSlotId))
  const refused = await there.holdSeat(classSlotId)
  assert.deepEqual([readCode(refused), refused.body.args], ['400 hold.limitReached', [20]])
  assert.equal(readCode(await there.holdTime({ bookableId, start })), '400 hold.limitReached')
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

test('a repeated booking with a hold and one Idempotency-Key gets the first answer again', async () => {
  const { classSlotId } = await scene.arrangeClass()
  const holdId = await scene.mustHoldSeat(classSlotId)
  const headers = { 'idempotency-key': 'used-1' }
  const first = await scene.useSeat(holdId, customerId, classSlotId, { headers })
  const again = await scene.useSeat(holdId, customerId, classSlotId, { headers })
  assert.deepEqual([again.status, again.body], [200, first.body])
  assert.deepEqual(await scene.eventsAbout(holdId), ['CLASS_BOOKING_CREATED'])
})

test('a refused booking returns all reasons, and what else could be booked, with a hold as without', async () => {
  const { classId, classSlotId } = await scene.arrangeClass({ contingent: 1 })
  const [other, held] = [
    await scene.addSlot(classId, '2026-06-18T18:00+02:00', { maxParticipants: 1 }),
    await scene.addSlot(classId, '2026-06-18T20:00+02:00', { maxParticipants: 1 }),
  ]
  for (const slot of [other, held]) await scene.mustHoldSeat(slot)
  const free = await scene.addSlot(classId, '2026-06-19T18:00+02:00')
  const holdId = await scene.mustHoldSeat(classSlotId)
  const headers = { 'x-booking-details': 'true' }
  await scene.mustBookClass(customerId, classSlotId)
  const { status, body } = await scene.useSeat(holdId, customerId, classSlotId, { headers })
  assert.deepEqual([status, body.details[0]], [400, 'CUSTOMER_ALREADY_BOOKED'])
  const wish = { customerId: await scene.prospect(), classSlotId: other }
  const full = await app.post('/v1/trial-offers/classes/booking/book', wish, { headers })
  assert.deepEqual(
    full.body.alternatives.map(({ id }: { id: number }) => id),
    [classSlotId, free],
  )
})
