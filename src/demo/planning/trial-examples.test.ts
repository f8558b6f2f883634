import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'
import { appointmentBooking, bookable } from './appointments.ts'
import { tim, tina } from '../people/people.ts'
import { namedSlot } from './slots.ts'

let app: DemoApp
before(async () => void (app = await openDemoApp()))
after(() => app.close())

const base = '/v1/trial-offers'
const offers = `${base}/bookable-trial-offers`
const tryClass = (customerId: number, classSlotId: number) =>
  app.post(`${base}/classes/booking/book`, { customerId, classSlotId })

test('the demo has a trial week and an open day', async () => {
  const { body: week } = await app.get(`${base}/config/1`)
  assert.deepEqual(
    [week.name, week.contingent, week.preventMultipleBookingsTerm, week.confirmationOfBookingTerm],
    ['Trial week', 2, { value: 2, unit: 'WEEK' }, { value: 2, unit: 'DAY' }],
  )
  assert.deepEqual([week.allowBookingForLeads, week.leadDataConfig.telephoneMode], [true, 'MANDATORY'])
  const { body: day } = await app.get(`${base}/config/2`)
  assert.deepEqual([day.name, day.confirmationOfBookingTerm, day.allowBookingForLeads], ['Open day', undefined, false])
  const classes = (await app.get(`${offers}/classes`)).body.result
  assert.deepEqual(
    classes.map((one: { id: number; trialOfferConfigId: number }) => [one.id, one.trialOfferConfigId]),
    [
      [1001, 1],
      [1005, 2],
    ],
  )
  const appointments = (await app.get(`${offers}/appointments/bookable`)).body.result
  assert.deepEqual(
    appointments.map((one: { id: number }) => one.id),
    [bookable.trialTraining],
  )
})

test('a newcomer enters, sees trial slots, books one and confirms it', async () => {
  const person = { firstname: 'Mara', lastname: 'Lindner', email: 'mara@mail.example', telephone: '5006001112' }
  const request = { trialOfferConfigId: 1, leadCustomerData: person }
  assert.equal((await app.post(`${base}/lead/validate`, request)).body.validationStatus, 'POSSIBLE')
  const { leadCustomerId } = (await app.post(`${base}/lead/create`, request)).body
  const { result } = (await app.get(`${offers}/classes/1001/slots?sliceSize=100`)).body
  const slot = result.at(-1)
  const wish = { customerId: leadCustomerId, classSlotId: slot.id }
  const verdict = await app.post(`${base}/classes/booking/validate`, wish)
  assert.equal(verdict.body.validationStatus, 'AVAILABLE')
  const { body } = await tryClass(leadCustomerId, slot.id)
  assert.equal(body.bookingStatus, 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  const confirmed = await app.post(`${base}/bookings/${body.bookingId}/confirm`)
  assert.deepEqual(confirmed.body, { status: 'CONFIRMED' })
  const free = (await app.get(`${offers}/appointments/bookable/${bookable.trialTraining}/slots?daysAhead=6`)).body
  assert.ok(free.length > 0)
})

test('Tina has used up her trials, Tim confirms his', async () => {
  const refused = await tryClass(tina, namedSlot.free)
  assert.equal(refused.body.errorCode, 'errormessage.booking.noContingent')
  const path = `${base}/bookings/${appointmentBooking.timPending}/confirm`
  assert.equal((await app.get(`/v1/appointments/booking/${appointmentBooking.timPending}`)).body.customerId, tim)
  assert.deepEqual((await app.post(path)).body, { status: 'CONFIRMED' })
})
