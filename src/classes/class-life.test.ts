import { after, before, beforeEach, test } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { insertEntitlement } from '../../test/support/scenes/booking-world.ts'
import { classScene } from '../../test/support/scenes/class-scene.ts'
import { openClassBooking } from './class-cancelations.ts'
import { cancelBookings } from '../bookings/booking-changes.ts'
import { freeSeats } from './slot-store.ts'

let app: TestApp
let scene: ReturnType<typeof classScene>
before(async () => {
  app = await openTestApp()
  scene = classScene(app)
})
after(() => app.close())

/** Each test begins a day later, with its slots on the day after that. */
let day = Temporal.PlainDate.from('2026-06-15')
let at: (time: string, daysAhead?: number) => string
beforeEach(async () => {
  day = day.add({ days: 3 })
  const today = day
  at = (time, daysAhead = 0) => `${today.add({ days: daysAhead })}T${time}+02:00`
  await app.travelTo(at('09:00'))
})

test('booking and canceling each send partners one event; canceling again changes nothing', async () => {
  const { classId, classSlotId } = await scene.arrange({}, {}, at('18:00'))
  const booking = await scene.mustBook(await scene.customer(), classSlotId)
  const answers = [await scene.cancel(booking), await scene.cancel(booking)]
  assert.deepEqual(
    answers.map(({ status, text }) => [status, text]),
    [
      [200, ''],
      [200, ''],
    ],
  )
  assert.deepEqual(await scene.listEvents(booking), ['CLASS_BOOKING_CREATED 0', 'CLASS_BOOKING_CANCELLED 0'])
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [0, 0, 0])
})

test('a booking reads as its own state and as that of its slot', async () => {
  const { classId, classSlotId } = await scene.arrange({ attendanceDefault: 'PARTICIPATING' }, {}, at('18:00'))
  const customerId = await scene.customer()
  const bookingId = await scene.mustBook(customerId, classSlotId)
  const shown = { bookingId, bookingStatus: 'BOOKED', classSlotId, classId, customerId }
  assert.deepEqual(await scene.read(bookingId), { ...shown, classSlotStatus: 'PLANNED', participantStatus: 'UNSET' })
  await app.travelTo(at('18:44:59'))
  assert.equal((await scene.read(bookingId)).classSlotStatus, 'PLANNED')
  await app.travelTo(at('18:45'))
  const over = { ...shown, classSlotStatus: 'COMPLETED', participantStatus: 'PARTICIPATING' }
  assert.deepEqual(await scene.read(bookingId), over)
  assert.deepEqual(await scene.listEvents(bookingId), ['CLASS_BOOKING_CREATED 0', 'CLASS_BOOKING_UPDATED 0'])
})

test('after the start, and after the deadline unless the class forgives it, canceling is refused', async () => {
  const rule = { cancelTermValue: 2, cancelTermUnit: 'HOURS' } as const
  const { classSlotId } = await scene.arrange({ rule }, {}, at('18:00'))
  const booking = await scene.mustBook(await scene.customer(), classSlotId)
  await app.travelTo(at('16:00:00.001'))
  const late = await scene.cancel(booking)
  assert.deepEqual([late.status, late.body.errorCode], [400, 'errormessage.booking.cancelationDeadlineExceeded'])
  assert.deepEqual(late.body.args, [`${day}T16:00:00.000+02:00[Europe/Berlin]`])
  await app.travelTo(at('18:00'))
  const begun = await scene.cancel(booking)
  assert.deepEqual([begun.status, begun.body.errorCode], [400, 'errormessage.booking.alreadyStarted'])
  assert.equal((await scene.cancel(4711)).body.errorCode, 'errormessage.booking.notFound')
})

test('in time a use is released, late it is consumed', async () => {
  const rule = {
    contingentMode: 'REQUIRED',
    cancelTermValue: 2,
    cancelTermUnit: 'HOURS',
    cancelAfterLatest: true,
  } as const
  const { classSlotId, serviceId } = await scene.arrange({ rule }, {}, at('18:00'))
  const customerId = await scene.customer()
  await app.write((work) => insertEntitlement(work, app.berlin, { customerId, serviceId }))
  const first = await scene.mustBook(customerId, classSlotId)
  await app.travelTo(at('16:00'))
  assert.equal((await scene.cancel(first)).status, 200)
  const second = await scene.mustBook(customerId, classSlotId)
  await app.travelTo(at('16:00:00.001'))
  assert.equal((await scene.cancel(second)).status, 200)
  assert.deepEqual([await scene.listUsages(first), await scene.listUsages(second)], [['RELEASED'], ['CONSUMED']])
  assert.equal(await scene.validate(customerId, classSlotId), 'NO_CONTINGENT')
})

test('at the end of the slot a use is consumed, and sweeping again sends nothing', async () => {
  const { classSlotId, serviceId } = await scene.arrange({ rule: { contingentMode: 'REQUIRED' } }, {}, at('18:00'))
  const customerId = await scene.customer()
  await app.write((work) => insertEntitlement(work, app.berlin, { customerId, serviceId }))
  const booking = await scene.mustBook(customerId, classSlotId)
  await app.travelTo(at('19:00'))
  await app.travelTo(at('20:00'))
  assert.deepEqual(await scene.listUsages(booking), ['CONSUMED'])
  assert.deepEqual(await scene.listEvents(booking), ['CLASS_BOOKING_CREATED 0'])
})

/** The race for the last seat is over: ten seats taken, W1 and W2 wait, and W1 has meanwhile used up the contingent elsewhere. */
async function fullSlot() {
  const slot = { maxParticipants: 2, maxWaiting: 3 }
  const { classId, classSlotId, serviceId } = await scene.arrange(
    { rule: { contingentMode: 'REQUIRED' } },
    slot,
    at('18:00'),
  )
  const customers = await scene.customers(5)
  for (const customerId of customers)
    await app.write((work) => insertEntitlement(work, app.berlin, { customerId, serviceId }))
  const [b1 = 0, b2 = 0, w1 = 0, w2 = 0, fresh = 0] = customers
  const first = await scene.mustBook(b1, classSlotId)
  const second = await scene.mustBook(b2, classSlotId)
  const waiting1 = await scene.mustBook(w1, classSlotId, 'WAITING_LIST')
  const waiting2 = await scene.mustBook(w2, classSlotId, 'WAITING_LIST')
  const elsewhere = await scene.addSlot(classId, at('12:00', 1))
  const spent = await scene.mustBook(w1, elsewhere)
  return { classId, classSlotId, first, second, waiting1, waiting2, spent, fresh }
}

test('a freed seat goes to the first who can take it, and stays open when nobody can', async () => {
  const { classId, classSlotId, first, second, waiting1, waiting2, fresh } = await fullSlot()
  await scene.cancel(first)
  assert.deepEqual([await scene.findStatus(waiting1), await scene.findStatus(waiting2)], ['WAITING_LIST', 'BOOKED'])
  assert.deepEqual(await scene.listUsages(waiting2), ['RESERVED'])
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [2, 0, 1])
  const events = await scene.listEvents(first, waiting2)
  assert.deepEqual(events.slice(-2), ['CLASS_BOOKING_CANCELLED 0', 'CLASS_BOOKING_UPDATED 1'])
  await scene.cancel(second)
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [1, 0, 1])
  await scene.mustBook(fresh, classSlotId)
  await app.travelTo(at('17:59:59'))
  assert.equal(await scene.findStatus(waiting1), 'WAITING_LIST')
  await app.travelTo(at('18:00'))
  assert.equal(await scene.findStatus(waiting1), 'CANCELED')
  assert.deepEqual(await scene.listEvents(waiting1), ['CLASS_BOOKING_CREATED 0', 'CLASS_BOOKING_CANCELLED 0'])
})

/** Cancels as the operation does, and dies before the seat is offered to the waiting list. */
const cancelAndDie = (bookingId: number, classSlotId: number) =>
  app.write(async (work) => {
    const { booking } = await openClassBooking(work, { studioId: app.berlin.studioId, bookingId })
    await cancelBookings(work, [booking], { reason: 'CUSTOMER' })
    await freeSeats(work.tx, classSlotId, { seats: 1, waiting: 0, promote: true })
  })

test('E5, killed between the freeing commit and the drain: a fresh request drains first and queues', async () => {
  const { classId, classSlotId, first, waiting1, waiting2, fresh } = await fullSlot()
  await cancelAndDie(first, classSlotId)
  assert.equal(await scene.findStatus(waiting2), 'WAITING_LIST')
  await scene.mustBook(fresh, classSlotId, 'WAITING_LIST')
  assert.deepEqual([await scene.findStatus(waiting1), await scene.findStatus(waiting2)], ['WAITING_LIST', 'BOOKED'])
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [2, 0, 2])
})

test('after a crash the sweeper drains, and who could not be promoted is asked again after ten minutes', async () => {
  const { classSlotId, first, second, waiting1, waiting2, spent } = await fullSlot()
  await cancelAndDie(first, classSlotId)
  await app.travelTo(at('09:01'))
  assert.equal(await scene.findStatus(waiting2), 'BOOKED')
  await scene.cancel(second)
  assert.equal(await scene.findStatus(waiting1), 'WAITING_LIST')
  await scene.cancel(spent)
  await app.travelTo(at('09:20'))
  assert.equal(await scene.findStatus(waiting1), 'BOOKED')
})

test('after the promotion cutoff a free seat goes to the next customer who books', async () => {
  const cutoff = { promotionCutoffTermValue: 1, promotionCutoffTermUnit: 'HOURS' } as const
  const { classSlotId } = await scene.arrange(cutoff, { maxParticipants: 1, maxWaiting: 1 }, at('18:00'))
  const [one = 0, two = 0, three = 0] = await scene.customers(3)
  const booking = await scene.mustBook(one, classSlotId)
  const waiting = await scene.mustBook(two, classSlotId, 'WAITING_LIST')
  await app.travelTo(at('17:00:00.001'))
  await scene.cancel(booking)
  assert.equal(await scene.findStatus(waiting), 'WAITING_LIST')
  await scene.mustBook(three, classSlotId)
})

test('a booking that staff must confirm holds its seat until the start, then it is gone', async () => {
  const { classId, classSlotId } = await scene.arrange({ rule: { staffConfirmation: true } }, {}, at('18:00'))
  const booking = await scene.mustBook(await scene.customer(), classSlotId, 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  assert.deepEqual(await scene.listEvents(booking), [])
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [1, 0, 0])
  await app.travelTo(at('18:00'))
  assert.equal(await scene.findStatus(booking), 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  await app.travelTo(at('18:00:00.001'))
  const { bookingStatus, participantStatus } = await scene.read(booking)
  assert.deepEqual([bookingStatus, participantStatus], ['CANCELED', 'NOT_PARTICIPATING'])
  assert.deepEqual(await scene.listEvents(booking), ['CLASS_BOOKING_CANCELLED 0'])
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [0, 0, 0])
})

test('what expired unseen takes no seat and stands in nobody’s way, long before it is swept', async () => {
  const { classId, classSlotId } = await scene.arrange({}, { maxParticipants: 1 }, at('18:00', 1))
  const overlapping = await scene.arrange({}, {}, at('18:15', 1))
  const [customer = 0, other = 0] = await scene.customers(2)
  const booking = await scene.mustBook(customer, classSlotId)
  const deadline = Temporal.Instant.from(at('08:00')).toString()
  await app.write(({ tx }) =>
    tx.execute(sql`update bookings set status = 'BOOKED_WITH_CONFIRMATION_REQUIRED', confirm_kind = 'LEAD',
      confirm_deadline = ${deadline} where id = ${booking}`),
  )
  assert.equal(await scene.findStatus(booking), 'CANCELED')
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [0, 0, 0])
  assert.equal(await scene.validate(customer, overlapping.classSlotId), 'AVAILABLE')
  assert.equal(await scene.validate(other, classSlotId), 'AVAILABLE')
  await scene.mustBook(customer, overlapping.classSlotId)
  await scene.mustBook(other, classSlotId)
  assert.deepEqual((await scene.listEvents(booking)).slice(1), ['CLASS_BOOKING_CANCELLED 0'])
})
