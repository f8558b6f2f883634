import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { inArray } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { readCode, holdScene } from '../../test/support/scenes/hold-scene.ts'
import { bookings } from '../bookings/tables.ts'

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

const listedStarts = async (bookableId: number) => {
  const path = `/v1/trial-offers/bookable-trial-offers/appointments/bookable/${bookableId}/slots`
  const { body } = await app.get(`${path}?slotWindowStartDate=2026-06-16&daysAhead=1`)
  return body.map((one: any) => String(Temporal.Instant.from(one.startDateTime)))
}
const isListed = async (bookableId: number) =>
  (await listedStarts(bookableId)).includes(String(Temporal.Instant.from(start)))

test('a held time occupies the trainer: it is not listed, others are refused, the holder books it', async () => {
  const { bookableId, employeeId } = await scene.arrangeTrainer()
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
  assert.equal(readCode(await scene.bookAppointment(wish)), '400 booking.resourceNotAvailable')
  assert.equal(readCode(await scene.holdTime({ bookableId, start })), '400 booking.resourceNotAvailable')
  assert.equal((await scene.useTime(holdId, wish, 'validate')).body.validationStatus, 'AVAILABLE')
  const booked = await scene.useTime(holdId, wish)
  assert.deepEqual([booked.body.bookingId, booked.body.bookingStatus], [holdId, 'BOOKED'])
  assert.deepEqual(
    booked.body.instructors.map(({ id }: { id: number }) => id),
    [employeeId],
  )
  assert.deepEqual(await scene.eventsAbout(holdId), ['APPOINTMENT_BOOKING_CREATED'])
  assert.equal((await app.delete(`/v1/appointments/booking/${holdId}`)).status, 200)
  assert.ok(await isListed(bookableId))
})

test('a held time is free again when the hold ends or is given back', async () => {
  const { bookableId } = await scene.arrangeTrainer()
  const wish = { bookableId, start, customerId }
  const released = await scene.mustHoldTime({ bookableId, start })
  assert.equal((await scene.release(released)).body.status, 'RELEASED')
  assert.ok(await isListed(bookableId))
  assert.equal(readCode(await scene.useTime(released, wish)), '400 hold.released')
  const expired = await scene.mustHoldTime({ bookableId, start })
  await scene.expire(expired)
  assert.ok(await isListed(bookableId))
  assert.equal(readCode(await scene.useTime(expired, wish, 'validate')), '400 hold.expired')
  assert.equal(await scene.validateAppointment(wish), 'AVAILABLE')
  await scene.mustBookAppointment(wish)
  assert.equal(readCode(await scene.useTime(expired, wish)), '400 hold.expired')
  assert.deepEqual(await scene.eventsAbout(released, expired), [])
})

test('in a group a hold takes one position, and the last one goes to its holder', async () => {
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
