import assert from 'node:assert/strict'
import { sql } from 'drizzle-orm'
import type { TestApp } from '../app.ts'
import { type ClassInput, insertClass, insertCustomer, insertSlot } from './booking-world.ts'

type SlotChanges = Parameters<typeof insertSlot>[3]
type CustomerChanges = Parameters<typeof insertCustomer>[2]

/** The short words in which tests of class bookings are written; everything happens in Berlin. */
export function classScene(app: TestApp) {
  const { berlin } = app
  return {
    /** A class with one slot, on Wednesday evening unless said otherwise. */
    arrange: (input: ClassInput = {}, slot: SlotChanges = {}, start = '2026-06-17T18:00+02:00') =>
      app.write(async (work) => {
        const made = await insertClass(work, berlin, input)
        return { ...made, classSlotId: await insertSlot(work, { ...berlin, ...made }, start, slot) }
      }),
    addSlot: (classId: number, start: string, slot: SlotChanges = {}) =>
      app.write((work) => insertSlot(work, { ...berlin, classId }, start, slot)),
    customer: (changes: CustomerChanges = {}) => app.write((work) => insertCustomer(work, berlin, changes)),
    customers: (count: number): Promise<number[]> =>
      app.write(async (work) => {
        const ids: number[] = []
        for (let k = 0; k < count; k++) ids.push(await insertCustomer(work, berlin))
        return ids
      }),
    book: (customerId: number, classSlotId: number) =>
      app.post('/v1/classes/booking/book', { customerId, classSlotId }),
    /** Books and expects to get the status; returns the booking's id. */
    mustBook: async (customerId: number, classSlotId: number, status = 'BOOKED'): Promise<number> => {
      const answer = await app.post('/v1/classes/booking/book', { customerId, classSlotId })
      assert.equal(answer.body.bookingStatus, status, answer.text)
      return answer.body.bookingId
    },
    cancel: (bookingId: number) => app.delete(`/v1/classes/booking/${bookingId}`),
    read: async (bookingId: number) => (await app.get(`/v1/classes/booking/${bookingId}`)).body,
    findStatus: async (bookingId: number): Promise<string> =>
      (await app.get(`/v1/classes/booking/${bookingId}`)).body.bookingStatus,
    validate: async (customerId: number, classSlotId: number): Promise<string> => {
      const answer = await app.post('/v1/classes/booking/validate', { customerId, classSlotId })
      assert.equal(answer.status, 200, answer.text)
      return answer.body.validationStatus
    },
    /** Booked, additional and waiting participants, as the slot shows them. */
    findCounts: async (classId: number, classSlotId: number) => {
      const { body } = await app.get(`/v1/classes/${classId}/slots/${classSlotId}`)
      const { bookedParticipants, additionalParticipants, waitingListParticipants } = body
      return [bookedParticipants, additionalParticipants, waitingListParticipants]
    },
    /** The events about these bookings or slots, in the order of their commits: `TYPE index`. */
    listEvents: (...entityIds: number[]) =>
      app.read(async ({ db }) => {
        const rows = await db
          .select({ type: sql<string>`type`, entityId: sql<number>`entity_id` })
          .from(sql`outbox_events`)
          .where(sql`entity_id = any(${`{${entityIds.join(',')}}`}::bigint[])`)
          .orderBy(sql`id`)
        return rows.map(({ type, entityId }) => `${type} ${entityIds.indexOf(entityId)}`)
      }),
    /** States of the uses of a booking's contingent. */
    listUsages: (bookingId: number) =>
      app.read(async ({ db }) => {
        const rows = await db
          .select({ state: sql<string>`state` })
          .from(sql`entitlement_usages`)
          .where(sql`booking_id = ${bookingId}`)
          .orderBy(sql`id`)
        return rows.map(({ state }) => state)
      }),
  }
}
