import assert from 'node:assert/strict'
import {
  assignTrialOffers,
  createTrialOfferConfig,
  type NewConfig,
  type Offered,
} from '../../../src/trial-offers/index.ts'
import type { TestAnswer, TestApp } from '../app.ts'
import { type BookableInput, type BookingWish, insertBookable } from './appointment-world.ts'
import { type ClassInput, insertClass, insertCustomer, insertSlot } from './booking-world.ts'

type ConfigChanges = Partial<NewConfig>
type SlotChanges = Parameters<typeof insertSlot>[3]

const base = '/v1/trial-offers'

/** The short words in which tests of trials are written; everything happens in Berlin. */
export function trialScene(app: TestApp) {
  const { berlin } = app
  const validating = async (path: string, body: unknown): Promise<string> => {
    const answer = await app.post(`${base}/${path}/booking/validate`, body)
    assert.equal(answer.status, 200, answer.text)
    return answer.body.validationStatus
  }
  const mustBook = async (answer: TestAnswer, status: string): Promise<number> => {
    assert.equal(answer.body.bookingStatus, status, answer.text)
    return answer.body.bookingId
  }
  const bookClass = (customerId: number, classSlotId: number) =>
    app.post(`${base}/classes/booking/book`, { customerId, classSlotId })
  const bookAppointment = (wish: BookingWish) => app.post(`${base}/appointments/booking/book`, appointmentBody(wish))
  return {
    ...arranging(app),
    prospect: () => app.write((work) => insertCustomer(work, berlin)),
    validateClass: (customerId: number, classSlotId: number) => validating('classes', { customerId, classSlotId }),
    validateAppointment: (wish: BookingWish) => validating('appointments', appointmentBody(wish)),
    bookClass,
    bookAppointment,
    mustBookClass: async (customerId: number, classSlotId: number, status = 'BOOKED') =>
      mustBook(await bookClass(customerId, classSlotId), status),
    mustBookAppointment: async (wish: BookingWish, status = 'BOOKED') => mustBook(await bookAppointment(wish), status),
    confirm: (bookingId: number) => app.post(`${base}/bookings/${bookingId}/confirm`),
  }
}

function arranging(app: TestApp) {
  const { berlin } = app
  return {
    /** A trial offer of one class with one slot, on Wednesday evening unless said otherwise. */
    arrangeClass: (
      config: ConfigChanges = {},
      input: ClassInput = {},
      slot: SlotChanges & { readonly start?: string } = {},
    ) =>
      app.write(async (work) => {
        const { start = '2026-06-17T18:00+02:00', ...changes } = slot
        const made = await insertClass(work, berlin, input)
        const classSlotId = await insertSlot(work, { ...berlin, ...made }, start, changes)
        const configId = await createTrialOfferConfig(work, { ...makeConfig(berlin), ...config })
        await assignTrialOffers(work, configId, { classIds: [made.classId], bookableIds: [] })
        return { ...made, classSlotId, configId }
      }),
    assign: (configId: number, offered: Offered) => app.write((work) => assignTrialOffers(work, configId, offered)),
    addSlot: (classId: number, start: string, slot: SlotChanges = {}) =>
      app.write((work) => insertSlot(work, { ...berlin, classId }, start, slot)),
    /** A trial offer of one bookable that members cannot book. */
    arrangeBookable: (config: ConfigChanges = {}, input: BookableInput = {}) =>
      app.write(async (work) => {
        const { bookableId } = await insertBookable(work, berlin, { forCustomers: false, ...input })
        const configId = await createTrialOfferConfig(work, { ...makeConfig(berlin), ...config })
        await assignTrialOffers(work, configId, { classIds: [], bookableIds: [bookableId] })
        return { bookableId, configId }
      }),
  }
}

function makeConfig({ studioId }: { readonly studioId: number }): NewConfig {
  return { studioId, name: 'Trial week', contingent: 2 }
}

export function appointmentBody({ customerId, bookableId, start, end, instructorIds = [] }: BookingWish) {
  const endDateTime = end ?? Temporal.Instant.from(start).add({ minutes: 45 }).toString()
  return { customerId, bookableAppointmentId: bookableId, startDateTime: start, endDateTime, instructorIds }
}
