import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { insertContract, insertCustomer, insertEntitlement } from '../../test/support/scenes/booking-world.ts'
import { listEvents } from '../../test/support/records.ts'
import { trialScene } from '../../test/support/scenes/trial-scene.ts'
import { setMembershipUntil } from '../customers/index.ts'
import { leads } from '../leads/tables.ts'
import { entitlementUsages } from '../entitlements/tables.ts'
import { assignTrialOffers, updateTrialOfferConfig } from './configs.ts'

// Monday 15 June 2026, 09:00 in Berlin. Without opening hours the studio is always open.

let app: TestApp
let scene: ReturnType<typeof trialScene>
before(async () => {
  app = await openTestApp()
  scene = trialScene(app)
})
after(() => app.close())

const member = () =>
  app.write((work) => insertCustomer(work, app.berlin, { membershipUntil: Temporal.PlainDate.from('2026-12-31') }))

/** A lead whom the operation for trial leads created for the config. */
const selectLead = (configId: number) =>
  app.write(async (work) => {
    const customerId = await insertCustomer(work, app.berlin)
    const lead = { customerId, studioId: app.berlin.studioId, source: 'TRIAL_OFFER' as const }
    await work.tx
      .insert(leads)
      .values({ ...lead, trialOfferConfigId: configId, createdAt: work.now, updatedAt: work.now })
    return customerId
  })

const eventsAbout = async (entityId: number) =>
  (await listEvents(app)).filter((event) => event.entityId === entityId).map(({ type }) => type)

/** A validation and a booking of the same wish say the same. */
async function refused(customerId: number, classSlotId: number): Promise<string> {
  const status = await scene.validateClass(customerId, classSlotId)
  const { status: code, body } = await scene.bookClass(customerId, classSlotId)
  assert.deepEqual([code, body.args], [400, [status]])
  return status
}

test('a prospect tries a class that asks members for contract and contingent, and nothing is taken', async () => {
  const rule = { requiresActiveContract: true, contingentMode: 'REQUIRED', staffConfirmation: true } as const
  const { classId, classSlotId, serviceId } = await scene.arrangeClass({}, { rule })
  const customerId = await scene.prospect()
  await app.write((work) => insertEntitlement(work, app.berlin, { customerId, serviceId }))
  assert.equal(await scene.validateClass(customerId, classSlotId), 'AVAILABLE')
  const { body } = await scene.bookClass(customerId, classSlotId)
  const { bookingId } = body
  const expected = { bookingId, bookingStatus: 'BOOKED', classSlotId, classId, customerId }
  assert.deepEqual(body, { ...expected, classSlotStatus: 'PLANNED', participantStatus: 'UNSET' })
  assert.deepEqual((await app.get(`/v1/classes/booking/${bookingId}`)).body, body)
  assert.deepEqual(await eventsAbout(bookingId), ['CLASS_BOOKING_CREATED'])
  assert.deepEqual(await app.read(({ db }) => db.select().from(entitlementUsages)), [])
  assert.equal(await refused(customerId, classSlotId), 'CUSTOMER_ALREADY_BOOKED')
})

test('a prospect tries an appointment that members cannot book, and cancels it like any booking', async () => {
  const { bookableId } = await scene.arrangeBookable()
  const wish = { bookableId, customerId: await scene.prospect(), start: '2026-06-16T10:00:00+02:00' }
  const { status, body } = await scene.bookAppointment(wish)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual([body.bookingStatus, body.title, body.duration], ['BOOKED', 'Training', 45])
  const members = { ...wish, bookableAppointmentId: bookableId, startDateTime: wish.start }
  const asMember = await app.post('/v1/appointments/booking/book', { ...members, endDateTime: body.endDateTime })
  assert.equal(asMember.body.errorCode, 'errormessage.bookableAppointment.notFound')
  assert.equal((await app.get(`/v1/appointments/booking/${body.bookingId}`)).body.customerId, wish.customerId)
  assert.equal((await app.delete(`/v1/appointments/booking/${body.bookingId}`)).status, 200)
  assert.deepEqual(await eventsAbout(body.bookingId), ['APPOINTMENT_BOOKING_CREATED', 'APPOINTMENT_BOOKING_CANCELLED'])
})

test('members and former members are not eligible', async () => {
  const { classSlotId } = await scene.arrangeClass()
  const { bookableId } = await scene.arrangeBookable()
  const former = await app.write(async (work) => {
    const id = await insertCustomer(work, app.berlin, { membershipUntil: Temporal.PlainDate.from('2025-12-31') })
    await insertContract(work, app.berlin, { customerId: id, from: '2025-01-01', lastDay: '2025-12-31' })
    return id
  })
  const start = '2026-06-16T10:00:00+02:00'
  for (const customerId of [await member(), former]) {
    assert.equal(await refused(customerId, classSlotId), 'NOT_AVAILABLE')
    const status = await scene.validateAppointment({ customerId, bookableId, start })
    assert.equal(status, 'BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED')
  }
})

test('an offer that takes no other leads takes those created for it, and for no other offer', async () => {
  const { classSlotId, configId } = await scene.arrangeClass({ allowBookingForLeads: false })
  const other = await scene.arrangeClass()
  assert.equal(await refused(await scene.prospect(), classSlotId), 'NOT_AVAILABLE')
  assert.equal(await refused(await selectLead(other.configId), classSlotId), 'NOT_AVAILABLE')
  assert.equal(await scene.validateClass(await selectLead(configId), classSlotId), 'AVAILABLE')
})

test('what no active offer has is not available', async () => {
  const customerId = await scene.prospect()
  const { classSlotId, configId } = await scene.arrangeClass()
  const { bookableId, configId: other } = await scene.arrangeBookable()
  await app.write(async (work) => {
    await updateTrialOfferConfig(work, configId, { active: false })
    await updateTrialOfferConfig(work, other, { active: false })
  })
  const wish = { customerId, bookableId, start: '2026-06-16T10:00:00+02:00' }
  assert.equal(await refused(customerId, classSlotId), 'NOT_AVAILABLE')
  assert.equal(await scene.validateAppointment(wish), 'NOT_AVAILABLE')
})

test('a prospect and something that was never offered: not available, not a matter of the person', async () => {
  const customerId = await scene.prospect()
  const { bookableId } = await scene.arrangeBookable()
  const moved = await scene.arrangeBookable()
  await app.write((work) => assignTrialOffers(work, moved.configId, { classIds: [], bookableIds: [] }))
  const start = '2026-06-16T10:00:00+02:00'
  assert.equal(await scene.validateAppointment({ customerId, bookableId, start }), 'AVAILABLE')
  const unassigned = { customerId, bookableId: moved.bookableId, start }
  assert.equal(await scene.validateAppointment(unassigned), 'NOT_AVAILABLE')
})

test('unknown slots, bookables and customers are 404, those of another studio too', async () => {
  const { classSlotId } = await scene.arrangeClass()
  const { bookableId } = await scene.arrangeBookable()
  const customerId = await scene.prospect()
  const code = async (answer: Promise<{ status: number; body: any }>) => {
    const { status, body } = await answer
    return `${status} ${body.errorCode}`
  }
  const start = '2026-06-16T10:00:00+02:00'
  assert.equal(await code(scene.bookClass(customerId, 999)), '404 errormessage.classSlot.notFound')
  assert.equal(await code(scene.bookClass(999, classSlotId)), '404 errormessage.customer.notFound')
  const strange = scene.bookAppointment({ customerId, bookableId: 999, start })
  assert.equal(await code(strange), '404 errormessage.bookableAppointment.notFound')
  const nobody = scene.bookAppointment({ customerId: 999, bookableId, start })
  assert.equal(await code(nobody), '404 errormessage.customer.notFound')
  const path = '/v1/trial-offers/classes/booking/book'
  const elsewhere = app.post(path, { customerId, classSlotId }, { as: app.hamburg })
  assert.equal(await code(elsewhere), '404 errormessage.classSlot.notFound')
})

test('a trial on the waiting list counts, and gets its seat by promotion with a deadline of its own', async () => {
  const config = { contingent: 1, confirmationTermValue: 1, confirmationTermUnit: 'DAY' as const }
  const { classId, classSlotId } = await scene.arrangeClass(config, {}, { maxParticipants: 1, maxWaiting: 1 })
  const next = await scene.addSlot(classId, '2026-06-19T18:00+02:00')
  const [seated, waiting] = [await scene.prospect(), await scene.prospect()]
  const pending = 'BOOKED_WITH_CONFIRMATION_REQUIRED'
  const seat = await scene.mustBookClass(seated, classSlotId, pending)
  const entry = await scene.mustBookClass(waiting, classSlotId, 'WAITING_LIST')
  assert.equal(await refused(waiting, next), 'NO_CONTINGENT')
  assert.equal((await scene.confirm(entry)).body.errorCode, 'errormessage.booking.onWaitingList')
  await app.delete(`/v1/classes/booking/${seat}`)
  assert.equal((await app.get(`/v1/classes/booking/${entry}`)).body.bookingStatus, pending)
  assert.deepEqual((await scene.confirm(entry)).body, { status: 'CONFIRMED' })
})

test('nobody who became a member gets the seat of a trial by promotion', async () => {
  const { classSlotId } = await scene.arrangeClass({}, {}, { maxParticipants: 1, maxWaiting: 1 })
  const [seated, waiting] = [await scene.prospect(), await scene.prospect()]
  const seat = await scene.mustBookClass(seated, classSlotId)
  const entry = await scene.mustBookClass(waiting, classSlotId, 'WAITING_LIST')
  await app.write((work) => setMembershipUntil(work, waiting, 'FOREVER'))
  await app.delete(`/v1/classes/booking/${seat}`)
  assert.equal((await app.get(`/v1/classes/booking/${entry}`)).body.bookingStatus, 'WAITING_LIST')
})

test('a customer of a sister studio tries where the rule takes guests', async () => {
  const guest = await app.write((work) => insertCustomer(work, app.hamburg))
  const closed = await scene.arrangeClass()
  const open = await scene.arrangeClass({}, { rule: { allowForeign: true } })
  assert.equal(await refused(guest, closed.classSlotId), 'NOT_AVAILABLE')
  assert.equal(await scene.validateClass(guest, open.classSlotId), 'AVAILABLE')
})
