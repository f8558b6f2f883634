import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import {
  insertContract,
  insertCustomer,
  insertEntitlement,
  insertIdlePeriod,
} from '../../../test/support/scenes/booking-world.ts'
import { classScene } from '../../../test/support/scenes/class-scene.ts'
import { eq } from 'drizzle-orm'
import { accessRestrictions } from '../../customers/tables.ts'
import { selectAccount, assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { entitlementUsages } from '../../entitlements/tables.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { studioClosings } from '../../studios/tables.ts'

let app: TestApp
let scene: ReturnType<typeof classScene>
before(async () => {
  app = await openTestApp()
  scene = classScene(app)
})
after(() => app.close())

const date = (text: string) => Temporal.PlainDate.from(text)

/** A validation and a booking of the same wish say the same. */
async function refused(customerId: number, classSlotId: number): Promise<string> {
  const status = await scene.validate(customerId, classSlotId)
  const answer = await scene.book(customerId, classSlotId)
  assert.equal(answer.status, 400, answer.text)
  const camel = status.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  assert.equal(answer.body.errorCode, `errormessage.booking.${camel}`)
  assert.deepEqual(answer.body.args, [status])
  return status
}

test('the last seat, then the waiting list, then nothing', async () => {
  const { classId, classSlotId } = await scene.arrange(
    {},
    { maxParticipants: 3, additionalParticipants: 1, maxWaiting: 2 },
  )
  const customers = await scene.customers(6)
  const answers = []
  for (const one of customers) answers.push(await scene.book(one, classSlotId))
  const full = 'errormessage.booking.bookingLimitReached'
  assert.deepEqual(
    answers.map(({ status, body }) => (status === 200 ? body.bookingStatus : body.errorCode)),
    ['BOOKED', 'BOOKED', 'WAITING_LIST', 'WAITING_LIST', full, full],
  )
  assert.deepEqual(await scene.findCounts(classId, classSlotId), [2, 1, 2])
  assert.equal(await refused(customers[5] ?? 0, classSlotId), 'BOOKING_LIMIT_REACHED')
  for (const one of customers.slice(0, 4)) assert.equal(await refused(one, classSlotId), 'CUSTOMER_ALREADY_BOOKED')
})

test('what is only on display cannot be booked', async () => {
  const { classSlotId } = await scene.arrange({ bookable: false })
  assert.equal(await refused(await scene.customer(), classSlotId), 'DISPLAY_ONLY')
})

test('canceled slots, hidden classes, blocked and restricted customers are not available', async () => {
  const customer = await scene.customer()
  for (const made of [
    await scene.arrange({}, { status: 'CANCELED' }),
    await scene.arrange({ onlineVisible: false }),
    await scene.arrange({ active: false }),
  ]) {
    assert.equal(await refused(customer, made.classSlotId), 'NOT_AVAILABLE')
  }
  const { classSlotId } = await scene.arrange()
  const blocked = await scene.customer({ bookingBlockReason: 'no-show' })
  const shutOut = await app.write(async (work) => {
    const customerId = await insertCustomer(work, app.berlin)
    const restriction = { customerId, source: 'STAFF', reason: 'unpaid', createdAt: work.now, updatedAt: work.now }
    await work.tx.insert(accessRestrictions).values(restriction as never)
    return customerId
  })
  assert.equal(await refused(blocked, classSlotId), 'NOT_AVAILABLE')
  assert.equal(await refused(shutOut, classSlotId), 'NOT_AVAILABLE')
})

test('a customer of a sister studio books where the rule allows it', async () => {
  const guest = await app.write((work) => insertCustomer(work, app.hamburg))
  const { classSlotId } = await scene.arrange()
  assert.equal(await refused(guest, classSlotId), 'NOT_AVAILABLE')
  const open = await scene.arrange({ rule: { allowForeign: true } })
  await scene.mustBook(guest, open.classSlotId)
})

test('the window opens and closes by the terms of the rule', async () => {
  const customer = await scene.customer()
  const early = await scene.arrange({ rule: { earliestTermValue: 1, earliestTermUnit: 'DAY' } })
  assert.equal(await refused(customer, early.classSlotId), 'DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME')
  const late = await scene.arrange({ rule: { latestTermValue: 3, latestTermUnit: 'DAY' } })
  assert.equal(await refused(customer, late.classSlotId), 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME')
  const own = { latestTermValue: 1, latestTermUnit: 'HOURS' } as const
  const slot = await scene.addSlot(late.classId, '2026-06-17T20:00+02:00', own)
  assert.equal(await scene.validate(customer, slot), 'AVAILABLE')
  const begun = await scene.arrange({}, {}, '2026-06-15T09:00+02:00')
  assert.equal(await refused(customer, begun.classSlotId), 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME')
})

test('a closing stops classes in the studio, not streams', async () => {
  await app.write(({ tx, now }) =>
    tx.insert(studioClosings).values({
      studioId: app.berlin.studioId,
      reason: 'Holiday',
      fromLocal: Temporal.PlainDateTime.from('2026-06-20T18:30'),
      toLocal: Temporal.PlainDateTime.from('2026-06-20T19:00'),
      createdAt: now,
      updatedAt: now,
    }),
  )
  const customer = await scene.customer()
  const { classId, classSlotId } = await scene.arrange({}, {}, '2026-06-20T18:00+02:00')
  assert.equal(await refused(customer, classSlotId), 'STUDIO_CLOSED')
  assert.equal(await scene.validate(customer, await scene.addSlot(classId, '2026-06-20T17:45+02:00')), 'AVAILABLE')
  const stream = await scene.arrange({ type: 'STREAM' }, {}, '2026-06-20T18:00+02:00')
  assert.equal(await scene.validate(customer, stream.classSlotId), 'AVAILABLE')
})

test('a resting contract stops, a second one that runs does not', async () => {
  const customer = await scene.customer()
  const { classSlotId } = await scene.arrange()
  await app.write(async (work) => {
    const { contractId } = await insertContract(work, app.berlin, { customerId: customer })
    await insertIdlePeriod(work, contractId, '2026-06-17', '2026-06-17')
  })
  assert.equal(await refused(customer, classSlotId), 'CUSTOMER_IDLE')
  await app.write((work) => insertContract(work, app.berlin, { customerId: customer }))
  assert.equal(await scene.validate(customer, classSlotId), 'AVAILABLE')
})

test('one booking at a time, in all studios of the tenant; a position on a waiting list does not count', async () => {
  const [customer = 0, other = 0] = await scene.customers(2)
  const first = await scene.arrange({}, { maxParticipants: 1, maxWaiting: 1 })
  const second = await scene.arrange({}, {}, '2026-06-17T18:44+02:00')
  const touching = await scene.arrange({}, {}, '2026-06-17T18:45+02:00')
  await scene.mustBook(customer, first.classSlotId)
  await scene.mustBook(other, first.classSlotId, 'WAITING_LIST')
  assert.equal(await refused(customer, second.classSlotId), 'CUSTOMER_IN_OTHER_BOOKING')
  assert.equal(await scene.validate(customer, touching.classSlotId), 'AVAILABLE')
  assert.equal(await scene.validate(other, second.classSlotId), 'AVAILABLE')
})

test('contingents count in periods from their anchor', async () => {
  const rule = {
    contingentMode: 'REQUIRED',
    cancelAfterLatest: true,
    cancelTermValue: 99,
    cancelTermUnit: 'YEAR',
  } as const
  const { classId, serviceId, classSlotId: feb26 } = await scene.arrange({ rule }, {}, '2027-02-26T10:00+01:00')
  const customerId = await scene.customer()
  assert.equal(await refused(customerId, feb26), 'NO_CONTINGENT')
  await app.write((work) =>
    insertEntitlement(work, app.berlin, { customerId, serviceId, quantity: 2, anchor: date('2027-01-31') }),
  )
  const [feb27, noon27, feb28, mar31] = [
    await scene.addSlot(classId, '2027-02-27T10:00+01:00'),
    await scene.addSlot(classId, '2027-02-27T12:00+01:00'),
    await scene.addSlot(classId, '2027-02-28T10:00+01:00'),
    await scene.addSlot(classId, '2027-03-31T10:00+02:00'),
  ]
  const late = await scene.mustBook(customerId, feb26)
  await scene.mustBook(customerId, feb27)
  assert.equal(await refused(customerId, noon27), 'NO_CONTINGENT')
  assert.equal(await scene.validate(customerId, feb28), 'AVAILABLE')
  const [use] = await app.read(({ db }) =>
    db
      .select({ from: entitlementUsages.periodStart })
      .from(entitlementUsages)
      .where(eq(entitlementUsages.bookingId, late)),
  )
  assert.equal(String(use?.from), '2027-01-31')
  await scene.mustBook(customerId, mar31)
  assert.equal((await scene.cancel(late)).status, 200)
  assert.deepEqual(await scene.listUsages(late), ['CONSUMED'])
  assert.equal(await refused(customerId, noon27), 'NO_CONTINGENT')
})

test('rates, modules and member codes restrict, and a missing contract too', async () => {
  const customerId = await scene.customer({ memberCodes: ['STAFF'] })
  const contracted = await scene.arrange({ rule: { requiresActiveContract: true } })
  assert.equal(await refused(customerId, contracted.classSlotId), 'NO_CONTINGENT')
  const { rateId } = await app.write((work) => insertContract(work, app.berlin, { customerId }))
  assert.equal(await scene.validate(customerId, contracted.classSlotId), 'AVAILABLE')
  const wrong = await scene.arrange({ rule: { allowedRateIds: [rateId + 1] } })
  assert.equal(await refused(customerId, wrong.classSlotId), 'NO_CONTINGENT')
  const right = await scene.arrange({ rule: { allowedRateIds: [rateId], allowedMemberCodes: ['STAFF', 'VIP'] } })
  assert.equal(await scene.validate(customerId, right.classSlotId), 'AVAILABLE')
})

test('a customer without contingent pays the price of a class, and a timely cancelation gives it back', async () => {
  const rule = { contingentMode: 'CHARGE', price: '12.50', currency: 'EUR' } as const
  const { classSlotId, serviceId } = await scene.arrange({ rule })
  const customerId = await scene.customer()
  const balance = () => app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))
  const booking = await scene.mustBook(customerId, classSlotId)
  assert.equal(await balance(), '-12.50')
  await scene.cancel(booking)
  assert.equal(await balance(), '0.00')
  await app.write((work) => insertEntitlement(work, app.berlin, { customerId, serviceId }))
  assert.deepEqual(await scene.listUsages(await scene.mustBook(customerId, classSlotId)), ['RESERVED'])
  assert.equal(await balance(), '0.00')
  await assertLedgerWhole(app)
})

test('per-customer limits count open bookings of the class', async () => {
  const { classId, classSlotId } = await scene.arrange({ rule: { maxOpenPerCustomer: 1 } })
  const next = await scene.addSlot(classId, '2026-06-18T18:00+02:00')
  const customerId = await scene.customer()
  const booking = await scene.mustBook(customerId, classSlotId)
  assert.equal(await refused(customerId, next), 'BOOKING_LIMIT_REACHED')
  await scene.cancel(booking)
  assert.equal(await scene.validate(customerId, next), 'AVAILABLE')
})

test('unknown slots and customers are 404, those of strangers too', async () => {
  const { classSlotId } = await scene.arrange()
  const customerId = await scene.customer()
  const codes = async (call: Promise<{ status: number; body: any }>) => {
    const { status, body } = await call
    return [status, body.errorCode]
  }
  const slot = [404, 'errormessage.classSlot.notFound']
  const person = [404, 'errormessage.customer.notFound']
  assert.deepEqual(await codes(scene.book(customerId, 999)), slot)
  assert.deepEqual(await codes(scene.book(999, classSlotId)), person)
  const asHamburg = { as: app.hamburg }
  const path = '/v1/classes/booking/book'
  assert.deepEqual(await codes(app.post(path, { customerId, classSlotId }, asHamburg)), slot)
  const stranger = await app.write((work) => insertCustomer(work, app.stranger), app.stranger)
  assert.deepEqual(await codes(scene.book(stranger, classSlotId)), person)
  const erased = await scene.customer({ erasedAt: Temporal.Instant.from('2026-06-01T00:00Z') })
  assert.deepEqual(await codes(scene.book(erased, classSlotId)), person)
})
