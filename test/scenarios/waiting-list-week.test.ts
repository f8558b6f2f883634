import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../support/app.ts'
import { classScene } from '../support/scenes/class-scene.ts'
import { assertMoneyWhole } from '../support/scenes/money-whole.ts'

// A week in June 2026. The yoga class of Friday evening has two seats and a waiting list of two.

test('a week of a class with a waiting list', async (story) => {
  await using app = await openTestApp()
  const scene = classScene(app)
  const { classId, classSlotId } = await scene.arrange(
    {},
    { maxParticipants: 2, maxWaiting: 2 },
    '2026-06-19T18:00+02:00',
  )
  const [anna = 0, ben = 0, carla = 0, dora = 0, emil = 0] = await scene.customers(5)
  const bookings = new Map<number, number>()
  const on = (day: string, time: string) => app.travelTo(`2026-06-${day}T${time}+02:00`)
  const book = async (customerId: number, status: string) =>
    bookings.set(customerId, await scene.mustBook(customerId, classSlotId, status))
  const findBooking = (customerId: number) => bookings.get(customerId) ?? 0

  await story.test('Monday: two members book, two more wait, and the fifth is refused', async () => {
    await book(anna, 'BOOKED')
    await book(ben, 'BOOKED')
    await book(carla, 'WAITING_LIST')
    await book(dora, 'WAITING_LIST')
    assert.equal(await scene.validate(emil, classSlotId), 'BOOKING_LIMIT_REACHED')
    const refused = await scene.book(emil, classSlotId)
    assert.deepEqual([refused.status, refused.body.errorCode], [400, 'errormessage.booking.bookingLimitReached'])
    assert.deepEqual(await scene.findCounts(classId, classSlotId), [2, 0, 2])
  })

  await story.test('Tuesday: Anna cancels, and Carla, who waited first, gets the seat', async () => {
    await on('16', '10:00')
    assert.equal((await scene.cancel(findBooking(anna))).status, 200)
    assert.deepEqual(await Promise.all([anna, carla, dora].map((who) => scene.findStatus(findBooking(who)))), [
      'CANCELED',
      'BOOKED',
      'WAITING_LIST',
    ])
    assert.deepEqual(await scene.listEvents(findBooking(carla)), ['CLASS_BOOKING_CREATED 0', 'CLASS_BOOKING_UPDATED 0'])
  })

  await story.test('Wednesday: Emil takes the free entry of the waiting list and loses interest', async () => {
    await on('17', '08:00')
    await book(emil, 'WAITING_LIST')
    assert.equal((await scene.cancel(findBooking(emil))).status, 200)
    assert.deepEqual(await scene.findCounts(classId, classSlotId), [2, 0, 1])
  })

  await story.test('Friday: the class begins; who still waits is let go, and who booked has taken part', async () => {
    await on('19', '18:00')
    assert.equal(await scene.findStatus(findBooking(dora)), 'CANCELED')
    await on('19', '19:00')
    const { classSlotStatus, bookingStatus } = await scene.read(findBooking(carla))
    assert.deepEqual([classSlotStatus, bookingStatus], ['COMPLETED', 'BOOKED'])
  })

  await story.test('Sunday: nothing of the class can be booked or canceled any more', async () => {
    await on('21', '12:00')
    assert.equal((await scene.book(anna, classSlotId)).status, 400)
    assert.equal((await scene.cancel(findBooking(ben))).body.errorCode, 'errormessage.booking.alreadyStarted')
    assert.deepEqual(await scene.listEvents(findBooking(dora)), [
      'CLASS_BOOKING_CREATED 0',
      'CLASS_BOOKING_CANCELLED 0',
    ])
  })

  await assertMoneyWhole(app)
})
