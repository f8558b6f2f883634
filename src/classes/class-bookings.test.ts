import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  type ClassInput,
  insertClass,
  insertContract,
  insertCustomer,
  insertEntitlement,
  insertSlot,
} from '../../test/support/booking-world.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

type SlotChanges = Parameters<typeof insertSlot>[3]

/** A class of Berlin with one slot, on Wednesday evening unless said otherwise. */
function arrange(input: ClassInput = {}, slot: SlotChanges = {}, start = '2026-06-17T18:00+02:00') {
  return app.write(async (work) => {
    const made = await insertClass(work, app.berlin, input)
    return { ...made, classSlotId: await insertSlot(work, { ...app.berlin, ...made }, start, slot) }
  })
}

const newCustomer = (changes = {}) => app.write((work) => insertCustomer(work, app.berlin, changes))
const newCustomers = (count: number) => Promise.all(Array.from({ length: count }, () => newCustomer()))

const book = (customerId: number, classSlotId: number) =>
  app.post('/v1/classes/booking/book', { customerId, classSlotId })
const cancel = (bookingId: number) => app.delete(`/v1/classes/booking/${bookingId}`)
const statusOf = async (bookingId: number) => (await app.get(`/v1/classes/booking/${bookingId}`)).body.bookingStatus

async function validate(customerId: number, classSlotId: number) {
  const answer = await app.post('/v1/classes/booking/validate', { customerId, classSlotId })
  assert.equal(answer.status, 200, answer.text)
  return answer.body.validationStatus
}

async function slotOf(classId: number, classSlotId: number) {
  const { body } = await app.get(`/v1/classes/${classId}/slots/${classSlotId}`)
  const { bookedParticipants: booked, additionalParticipants: additional, waitingListParticipants: waiting } = body
  return { booked, additional, waiting }
}

/** The events of these bookings or slots, oldest first. */
function eventsOf(...entityIds: number[]) {
  return app.read(async ({ db }) => {
    const rows = await db
      .select({ type: sql<string>`type`, entityId: sql<number>`entity_id` })
      .from(sql`outbox_events`)
      .where(sql`entity_id = any(${`{${entityIds.join(',')}}`}::bigint[])`)
      .orderBy(sql`id`)
    return rows.map((row) => `${row.type} ${entityIds.indexOf(row.entityId)}`)
  })
}

test('E4: the last seat, then the waiting list, then nothing', async () => {
  const { classId, classSlotId } = await arrange({}, { maxParticipants: 3, additionalParticipants: 1, maxWaiting: 2 })
  const customers = await newCustomers(6)
  const [first = 0] = customers
  await book(first, classSlotId)
  const answers = []
  for (const one of customers.slice(1)) answers.push(await book(one, classSlotId))
  assert.deepEqual(
    answers.map(({ status, body }) => (status === 200 ? body.bookingStatus : body.errorCode)),
    ['BOOKED', 'WAITING_LIST', 'WAITING_LIST', 'errormessage.booking.bookingLimitReached', 'errormessage.booking.bookingLimitReached'],
  )
  assert.deepEqual(await slotOf(classId, classSlotId), { booked: 2, additional: 1, waiting: 2 })
  assert.equal(await validate(customers[5] ?? 0, classSlotId), 'BOOKING_LIMIT_REACHED')
  for (const one of customers.slice(0, 4)) assert.equal(await validate(one, classSlotId), 'CUSTOMER_ALREADY_BOOKED')
})
