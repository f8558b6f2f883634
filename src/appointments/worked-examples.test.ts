import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  appointmentCalls,
  type BookableInput,
  toClock,
  insertBookable,
  insertShift,
  insertTrainer,
  openDaily,
} from '../../test/support/scenes/appointment-world.ts'
import { insertCustomer, insertResource } from '../../test/support/scenes/booking-world.ts'

// Monday 15 June 2026, 08:00; open from 09:00 to 13:00.

let app: TestApp
let calls: ReturnType<typeof appointmentCalls>
before(async () => {
  app = await openTestApp({ now: '2026-06-15T08:00+02:00' })
  calls = appointmentCalls(app)
  await app.write((work) => openDaily(work, app.berlin, '09:00', '13:00'))
})
after(() => app.close())

const at = (time: string) => `2026-06-15T${time}:00+02:00`

/** A trainer with a bookable of 45 minutes, and an appointment of it from 10:00 to 10:45. */
async function arrange(bookable: BookableInput, shift?: { readonly from: string; readonly to: string }) {
  const { berlin } = app
  const arranged = await app.write(async (work) => {
    const { resourceId } = await insertTrainer(work, berlin)
    if (shift) await insertShift(work, berlin, { resourceId, ...shift })
    const { bookableId } = await insertBookable(work, berlin, {
      ...bookable,
      lines: [{ kind: 'EMPLOYEE', pool: [resourceId] }],
    })
    return { bookableId, customerId: await insertCustomer(work, berlin), busyId: await insertCustomer(work, berlin) }
  })
  const { bookableId, busyId } = arranged
  const booked = await calls.book({ customerId: busyId, bookableId, start: at('10:00') })
  assert.equal(booked.status, 200)
  return arranged
}

async function listStarts(bookableId: number) {
  const { status, body } = await calls.slots(bookableId)
  assert.equal(status, 200)
  return body
    .map((slot: { startDateTime: string }) => slot.startDateTime)
    .filter((start: string) => start.startsWith('2026-06-15'))
    .map(toClock)
}

test('the follow-up of one appointment keeps the instructor from the next', async () => {
  const { bookableId, customerId, busyId } = await arrange({ followUpMin: 15 })
  assert.deepEqual(await listStarts(bookableId), ['09:00', '11:00', '11:15', '11:30', '11:45', '12:00', '12:15'])
  const validate = (start: string, end: string, who = customerId) =>
    calls.validate({ customerId: who, bookableId, start: at(start), end: at(end) })
  assert.equal(await validate('11:07', '11:52'), 'NOT_AVAILABLE')
  assert.equal(await validate('11:00', '12:00'), 'PERIOD_DOES_NOT_MATCH')
  assert.equal(await validate('12:30', '13:15'), 'STUDIO_CLOSED')
  assert.equal(await validate('09:30', '10:15'), 'RESOURCE_NOT_AVAILABLE')
  assert.equal(await validate('09:30', '10:15', busyId), 'CUSTOMER_IN_OTHER_BOOKING')
  assert.equal(await validate('09:00', '09:45'), 'AVAILABLE')
})

test('a shift must cover the follow-up too', async () => {
  const { bookableId } = await arrange({ followUpMin: 15 }, { from: '09:00', to: '13:00' })
  assert.deepEqual(await listStarts(bookableId), ['09:00', '11:00', '11:15', '11:30', '11:45', '12:00'])
})

test('preparation before and follow-up after both count', async () => {
  const { bookableId } = await arrange({ prepMin: 10, followUpMin: 5 }, { from: '09:00', to: '13:00' })
  assert.deepEqual(await listStarts(bookableId), ['11:00', '11:15', '11:30', '11:45', '12:00'])
})

test('a device for two is free while at most one uses it, however many blocks it has', async () => {
  const { berlin } = app
  const { bookableId, customers } = await app.write(async (work) => {
    const device = await insertResource(work, berlin, { kind: 'DEVICE', capacity: 2, name: 'EMS' })
    const lines = [{ kind: 'DEVICE', pool: [device] }] as const
    const { bookableId } = await insertBookable(work, berlin, { durationMin: 30, lines })
    const customers: number[] = []
    for (let k = 0; k < 4; k++) customers.push(await insertCustomer(work, berlin))
    return { bookableId, customers }
  })
  const book = async (customer: number, from: string, to: string) => {
    const wish = { customerId: customers[customer] as number, bookableId, start: at(from), end: at(to) }
    const { status, body } = await calls.book(wish)
    return status === 200 ? body.bookingStatus : body.errorCode
  }
  assert.equal(await book(0, '10:00', '10:30'), 'BOOKED')
  assert.equal(await book(1, '10:30', '11:00'), 'BOOKED')
  assert.equal(await book(2, '10:15', '10:45'), 'BOOKED')
  assert.equal(await book(3, '10:15', '10:45'), 'errormessage.booking.resourceNotAvailable')
})

test('slots go from now to the end of the last day', async () => {
  await using wednesday = await openTestApp({ now: '2026-06-10T12:00+02:00' })
  const { bookableId } = await wednesday.write(async (work) => {
    await openDaily(work, wednesday.berlin, '00:00', '00:00')
    return insertBookable(work, wednesday.berlin, { gridMin: 60 })
  })
  const query = { slotWindowStartDate: '2026-06-10', daysAhead: 6 }
  const { body } = await appointmentCalls(wednesday).slots(bookableId, query)
  assert.equal(body.length, 11 + 6 * 24)
  assert.equal(body[0].startDateTime, '2026-06-10T13:00:00.000+02:00[Europe/Berlin]')
  assert.equal(body.at(-1).startDateTime, '2026-06-16T23:00:00.000+02:00[Europe/Berlin]')
})
