import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  at,
  booking,
  bookingRule,
  classFacts,
  classSlot,
  customer,
  trial,
} from '../../../test/support/scenes/booking-facts.ts'
import type { CustomerBooking, TrialFacts } from '../booking-facts.ts'
import { judgeClassBooking, planClassBooking } from '../../classes/bookings/booking-rules.ts'

const now = at('2026-05-10T12:00+02:00')

function trialBooking(start: string, changes: Partial<CustomerBooking> = {}): CustomerBooking {
  const end = at(start).add({ minutes: 45 }).toString()
  return booking(start, end, { trialOfferConfigId: 61, classId: 1001, ...changes })
}

function slotAt(start: string) {
  return classSlot({ start: at(start), end: at(start).add({ minutes: 45 }) })
}

function judge(facts: TrialFacts, start: string, bookings: CustomerBooking[] = [], moment = now) {
  return judgeClassBooking(classFacts({ trial: facts, slot: slotAt(start), customer: customer({ bookings }) }), moment)
}

const twoWeeks = trial({ contingent: 2, preventMultipleBookingsTerm: { value: 2, unit: 'WEEK' } })
const first = trialBooking('2026-06-01T10:00+02:00')

test('a second trial keeps the distance of the config, exactly the distance is enough', () => {
  assert.equal(judge(twoWeeks, '2026-06-15T09:59+02:00', [first]), 'BOOKING_LIMIT_REACHED')
  assert.equal(judge(twoWeeks, '2026-06-15T10:00+02:00', [first]), 'AVAILABLE')
  assert.equal(judge(twoWeeks, '2026-05-18T10:00+02:00', [first]), 'AVAILABLE')
  assert.equal(judge(twoWeeks, '2026-05-18T10:01+02:00', [first]), 'BOOKING_LIMIT_REACHED')
})

test('the used up trial contingent is the answer before the distance', () => {
  const both = [first, trialBooking('2026-06-15T10:00+02:00')]
  assert.equal(judge(twoWeeks, '2026-06-16T18:00+02:00', both), 'NO_CONTINGENT')
  assert.equal(judge(twoWeeks, '2026-08-01T18:00+02:00', both), 'NO_CONTINGENT')
})

test('canceled trials do not count, waiting and past ones do', () => {
  const canceled = trialBooking('2026-06-01T10:00+02:00', { status: 'CANCELED' })
  assert.equal(judge(twoWeeks, '2026-06-02T10:00+02:00', [canceled]), 'AVAILABLE')
  const one = trial({ contingent: 1 })
  const waiting = trialBooking('2026-06-01T10:00+02:00', { status: 'WAITING_LIST' })
  assert.equal(judge(one, '2026-06-02T10:00+02:00', [waiting]), 'NO_CONTINGENT')
  assert.equal(judge(one, '2026-06-02T10:00+02:00', [trialBooking('2026-01-01T10:00+01:00')]), 'NO_CONTINGENT')
  assert.equal(judge(one, '2026-06-02T10:00+02:00', [{ ...first, trialOfferConfigId: 62 }]), 'AVAILABLE')
})

test('without a distance trials may follow each other', () => {
  const off = trial({ preventMultipleBookingsTerm: { value: 0, unit: 'WEEK' } })
  assert.equal(judge(off, '2026-06-01T11:00+02:00', [first]), 'AVAILABLE')
})

test('trials ignore contingents, restrictions and limits of the rule', () => {
  const rule = bookingRule({
    contingentMode: 'REQUIRED',
    requiresActiveContract: true,
    allowedRateIds: [1],
    maxOpenPerCustomer: 0,
  })
  assert.equal(judgeClassBooking(classFacts({ trial: trial(), rule }), now), 'AVAILABLE')
  assert.deepEqual(planClassBooking(classFacts({ trial: trial(), rule }), now).use, { kind: 'NONE' })
})

test('only prospects try, created for this config unless it takes any lead', () => {
  const start = '2026-06-02T10:00+02:00'
  assert.equal(judge({ ...trial(), isProspect: false }, start), 'NOT_AVAILABLE')
  const closed = trial({ allowBookingForLeads: false })
  assert.equal(judge(closed, start), 'NOT_AVAILABLE')
  assert.equal(judge({ ...closed, leadConfigId: 62 }, start), 'NOT_AVAILABLE')
  assert.equal(judge({ ...closed, leadConfigId: 61 }, start), 'AVAILABLE')
})

test('a class that belongs to no active config is not available as a trial', () => {
  const start = '2026-06-02T10:00+02:00'
  assert.equal(judge(trial({ isActive: false }), start), 'NOT_AVAILABLE')
  assert.equal(judge({ config: null, isProspect: true, leadConfigId: null }, start), 'NOT_AVAILABLE')
})

test('a trial waits for its confirmation and cannot be booked after that deadline', () => {
  const confirmed = trial({ confirmationTerm: { value: 2, unit: 'DAY' } })
  const facts = classFacts({
    trial: confirmed,
    slot: slotAt('2026-05-15T18:00+02:00'),
    rule: bookingRule({ staffConfirmation: true }),
  })
  const planned = planClassBooking(facts, now)
  assert.equal(planned.status, 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  assert.equal(planned.confirmation?.kind, 'LEAD')
  assert.equal(planned.confirmation?.deadline.toString(), at('2026-05-13T18:00:00.000+02:00').toString())
  assert.equal(judgeClassBooking(facts, at('2026-05-13T18:00+02:00')), 'AVAILABLE')
  assert.equal(judgeClassBooking(facts, at('2026-05-14T12:00+02:00')), 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME')
})

test('trials without a confirmation term are booked at once, also where staff confirm regular bookings', () => {
  const facts = classFacts({ trial: trial(), rule: bookingRule({ staffConfirmation: true }) })
  assert.equal(planClassBooking(facts, now).status, 'BOOKED')
})
