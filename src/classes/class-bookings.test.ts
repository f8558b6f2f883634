import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  insertClass,
  insertContract,
  insertCustomer,
  insertEntitlement,
  insertSlot,
} from '../../test/support/booking-world.ts'
import { bookClassSlot, cancelClassBooking, checkClassBooking } from './index.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

test('smoke', async () => {
  const { berlin } = app
  const { slotId, customerId } = await app.write(async (work) => {
    const { classId, serviceId } = await insertClass(work, berlin, {
      rule: { contingentMode: 'REQUIRED', requiresActiveContract: true },
    })
    const slotId = await insertSlot(work, { ...berlin, classId }, '2026-06-17T18:00+02:00', { maxWaiting: 2 })
    const customerId = await insertCustomer(work, berlin)
    await insertContract(work, berlin, { customerId })
    await insertEntitlement(work, berlin, { customerId, serviceId })
    return { slotId, customerId }
  })
  const request = {
    studioId: berlin.studioId,
    reach: { studioIds: [berlin.studioId], integrationId: berlin.integrationId },
    customerId,
    classSlotId: slotId,
  }
  assert.equal(await app.read((view) => checkClassBooking(view, request)), 'AVAILABLE')
  const made = await app.write((work) => bookClassSlot(work, request))
  assert.equal(made.status, 'BOOKED')
  assert.equal(await app.read((view) => checkClassBooking(view, request)), 'CUSTOMER_ALREADY_BOOKED')
  await app.write((work) => cancelClassBooking(work, { studioId: berlin.studioId, bookingId: made.bookingId }))
  assert.equal(await app.read((view) => checkClassBooking(view, request)), 'AVAILABLE')
})
