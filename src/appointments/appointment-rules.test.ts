import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  allocation,
  appointmentFacts,
  bookable,
  instructor,
  request,
} from '../../test/support/scenes/appointment-facts.ts'
import {
  at,
  booking,
  bookingRule,
  closing,
  contract,
  customer,
  entitlement,
  on,
  studio,
  usage,
  weekly,
} from '../../test/support/scenes/booking-facts.ts'
import type { AppointmentFacts, AppointmentRequest } from './appointment-facts.ts'
import { type AppointmentBookingStatus, explainAppointment, judgeAppointment } from './appointment-rules.ts'

const now = at('2026-06-10T08:00+02:00')
const wish = request('2026-06-10T10:00+02:00', '2026-06-10T10:45+02:00')
const judge = (changes: Partial<AppointmentFacts>, asked: AppointmentRequest = wish, moment = now) =>
  judgeAppointment(appointmentFacts(changes), asked, moment)
const rule = bookingRule
const resting = contract({ idlePeriods: [{ from: on('2026-06-10'), lastDay: null }] })
const taken = allocation('2026-06-10T10:30+02:00', '2026-06-10T11:15+02:00')
const overlapping = booking('2026-06-10T10:30+02:00', '2026-06-10T11:00+02:00')
const later = booking('2026-06-12T10:00+02:00', '2026-06-12T10:45+02:00', { bookableId: 20334 })

test('a customer without obstacles may book', () => {
  assert.equal(judge({}), 'AVAILABLE')
  assert.deepEqual(explainAppointment(appointmentFacts(), wish, now), [])
})

test('the start must lie ahead', () => {
  assert.equal(judge({}, wish, at('2026-06-10T10:00+02:00')), 'PAST_START_DATE_TIME')
  assert.equal(judge({}, wish, at('2026-06-10T09:59:59.999+02:00')), 'AVAILABLE')
})

test('the end must follow the start by exactly the duration', () => {
  const until = (end: string) => judge({}, request('2026-06-10T10:00+02:00', end))
  assert.equal(until('2026-06-10T10:00+02:00'), 'END_DATE_TIME_NOT_AFTER_START_DATE_TIME')
  assert.equal(until('2026-06-10T09:00+02:00'), 'END_DATE_TIME_NOT_AFTER_START_DATE_TIME')
  assert.equal(until('2026-06-10T11:00+02:00'), 'PERIOD_DOES_NOT_MATCH')
  assert.equal(until('2026-06-10T10:45:00.001+02:00'), 'PERIOD_DOES_NOT_MATCH')
})

test('the duration is elapsed time, also across the change of the clocks', () => {
  const night = request('2026-03-29T01:30+01:00', '2026-03-29T03:15+02:00')
  assert.equal(judge({}, night, at('2026-03-28T12:00+01:00')), 'AVAILABLE')
})

test('another booking of the customer collides, unless the bookable may run in parallel', () => {
  assert.equal(judge({ customer: customer({ bookings: [overlapping] }) }), 'CUSTOMER_IN_OTHER_BOOKING')
  const parallel = bookable({ allowParallel: true })
  assert.equal(judge({ bookable: parallel, customer: customer({ bookings: [overlapping] }) }), 'AVAILABLE')
  const same = booking('2026-06-10T10:00+02:00', '2026-06-10T10:45+02:00', { bookableId: 20334 })
  assert.equal(judge({ bookable: parallel, customer: customer({ bookings: [same] }) }), 'CUSTOMER_IN_OTHER_BOOKING')
})

test('an idle customer is refused', () => {
  assert.equal(judge({ customer: customer({ contracts: [resting] }) }), 'CUSTOMER_IDLE')
})

test('the contingent is asked for, a foreign one in every mode', () => {
  const required = rule({ contingentMode: 'REQUIRED' })
  const used = entitlement({ usages: [usage('2026-06-02')] })
  assert.equal(judge({ rule: required, customer: customer({ entitlements: [used] }) }), 'NO_CONTINGENT')
  assert.equal(judge({ rule: required, customer: customer({ entitlements: [entitlement()] }) }), 'AVAILABLE')
  const foreign = (entitlements: AppointmentFacts['customer'] & object) =>
    judge({ rule: rule({ allowForeign: true }), customer: { ...entitlements, isForeign: true } })
  assert.equal(foreign(customer()), 'NO_CONTINGENT')
  assert.equal(foreign(customer({ entitlements: [entitlement({ crossStudio: true })] })), 'AVAILABLE')
})

test('restrictions have a status of their own', () => {
  const status = 'BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED'
  assert.equal(judge({ rule: rule({ requiresActiveContract: true }) }), status)
  assert.equal(judge({ rule: rule({ allowedMemberCodes: ['VIP'] }) }), status)
  const member = customer({ contracts: [contract()] })
  assert.equal(judge({ rule: rule({ requiresActiveContract: true }), customer: member }), 'AVAILABLE')
})

test('limits count bookings of the same bookable only', () => {
  const one = rule({ maxOpenPerCustomer: 1 })
  assert.equal(judge({ rule: one, customer: customer({ bookings: [later] }) }), 'BOOKING_LIMIT_REACHED')
  assert.equal(judge({ rule: one, customer: customer({ bookings: [{ ...later, bookableId: 1 }] }) }), 'AVAILABLE')
})

test('the window includes the moments at which it opens and closes', () => {
  const window = rule({ earliestTerm: { value: 1, unit: 'DAY' }, latestTerm: { value: 2, unit: 'HOURS' } })
  const judgeAt = (moment: string) => judge({ rule: window }, wish, at(moment))
  assert.equal(judgeAt('2026-06-08T23:59:59.999+02:00'), 'DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME')
  assert.equal(judgeAt('2026-06-09T00:00+02:00'), 'AVAILABLE')
  assert.equal(judgeAt('2026-06-10T08:00+02:00'), 'AVAILABLE')
  assert.equal(judgeAt('2026-06-10T08:00:00.001+02:00'), 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME')
})

test('the main time lies within the opening hours, the buffers need not', () => {
  const hours = studio({ openingRows: [weekly(1, 7, '10:00', '10:45')] })
  assert.equal(judge({ studio: hours, bookable: bookable({ prepMin: 30, followUpMin: 30 }) }), 'AVAILABLE')
  assert.equal(judge({ studio: studio({ openingRows: [weekly(1, 7, '10:01', '12:00')] }) }), 'STUDIO_CLOSED')
  const closed = studio({ closings: [closing('2026-06-10T10:30', '2026-06-10T12:00')] })
  assert.equal(judge({ studio: closed }), 'STUDIO_CLOSED')
})

test('what the appointment needs must be free for its whole block', () => {
  assert.equal(judge({ resources: [instructor(1, { allocations: [taken] })] }), 'RESOURCE_NOT_AVAILABLE')
  const after = allocation('2026-06-10T10:45+02:00', '2026-06-10T11:00+02:00')
  const touched = [instructor(1, { allocations: [after] })]
  assert.equal(judge({ resources: touched }), 'AVAILABLE')
  assert.equal(judge({ resources: touched, bookable: bookable({ followUpMin: 5 }) }), 'RESOURCE_NOT_AVAILABLE')
  const before = [instructor(1, { allocations: [allocation('2026-06-10T09:00+02:00', '2026-06-10T10:00+02:00')] })]
  assert.equal(judge({ resources: before }), 'AVAILABLE')
  assert.equal(judge({ resources: before, bookable: bookable({ prepMin: 5 }) }), 'RESOURCE_NOT_AVAILABLE')
  assert.equal(judge({}, { ...wish, instructorIds: [999] }), 'RESOURCE_NOT_AVAILABLE')
})

test('what is off the grid, out of validity, blocked or foreign is not available', () => {
  const off = request('2026-06-10T10:07+02:00', '2026-06-10T10:52+02:00')
  assert.equal(judge({}, off), 'NOT_AVAILABLE')
  assert.equal(judge({ bookable: bookable({ validFrom: on('2026-06-11') }) }), 'NOT_AVAILABLE')
  assert.equal(judge({ bookable: bookable({ validTo: on('2026-06-09') }) }), 'NOT_AVAILABLE')
  assert.equal(judge({ bookable: bookable({ validFrom: on('2026-06-10'), validTo: on('2026-06-10') }) }), 'AVAILABLE')
  assert.equal(judge({ customer: customer({ bookingBlock: { until: null } }) }), 'NOT_AVAILABLE')
  const foreign = customer({ isForeign: true, entitlements: [entitlement({ crossStudio: true })] })
  assert.equal(judge({ customer: foreign }), 'NOT_AVAILABLE')
})

test('the first failing step of the table is the answer, the explanation lists all', () => {
  type Fix = (facts: AppointmentFacts, asked: AppointmentRequest) => readonly [AppointmentFacts, AppointmentRequest]
  const person = (facts: AppointmentFacts, changes: Partial<NonNullable<AppointmentFacts['customer']>>) => ({
    ...facts,
    customer: { ...customer(), ...facts.customer, ...changes },
  })
  const fixes: readonly (readonly [AppointmentBookingStatus, Fix])[] = [
    ['PAST_START_DATE_TIME', (f, r) => [f, { ...r, start: at('2026-06-10T10:07+02:00') }]],
    ['END_DATE_TIME_NOT_AFTER_START_DATE_TIME', (f, r) => [f, { ...r, end: at('2026-06-10T11:00+02:00') }]],
    ['PERIOD_DOES_NOT_MATCH', (f, r) => [f, { ...r, end: at('2026-06-10T10:52+02:00') }]],
    ['CUSTOMER_IN_OTHER_BOOKING', (f, r) => [person(f, { bookings: [later] }), r]],
    ['CUSTOMER_IDLE', (f, r) => [person(f, { contracts: [] }), r]],
    ['NO_CONTINGENT', (f, r) => [{ ...f, rule: { ...f.rule, contingentMode: 'NONE' } }, r]],
    [
      'BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED',
      (f, r) => [{ ...f, rule: { ...f.rule, allowedMemberCodes: [] } }, r],
    ],
    ['BOOKING_LIMIT_REACHED', (f, r) => [{ ...f, rule: { ...f.rule, maxOpenPerCustomer: null } }, r]],
    ['DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME', (f, r) => [{ ...f, rule: { ...f.rule, earliestTerm: null } }, r]],
    ['DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME', (f, r) => [{ ...f, rule: rule() }, r]],
    ['STUDIO_CLOSED', (f, r) => [{ ...f, studio: studio() }, r]],
    ['RESOURCE_NOT_AVAILABLE', (f, r) => [{ ...f, resources: [instructor(1)] }, r]],
    ['NOT_AVAILABLE', (f) => [f, wish]],
  ]
  let facts = appointmentFacts({
    studio: studio({ closings: [closing('2026-06-10T00:00', '2026-06-11T00:00')] }),
    resources: [instructor(1, { isActive: false })],
    rule: rule({
      earliestTerm: { value: 1, unit: 'HOURS' },
      latestTerm: { value: 1, unit: 'DAY' },
      contingentMode: 'REQUIRED',
      allowedMemberCodes: ['VIP'],
      maxOpenPerCustomer: 1,
    }),
    customer: customer({
      contracts: [resting],
      bookings: [overlapping, later, booking('2026-06-10T07:00+02:00', '2026-06-10T08:30+02:00')],
    }),
  })
  let asked = request('2026-06-10T07:52+02:00', '2026-06-10T07:52+02:00')
  for (const [k, [status, fix]] of fixes.entries()) {
    assert.equal(judgeAppointment(facts, asked, now), status)
    const explained = new Set(explainAppointment(facts, asked, now).map((one) => one.status))
    // Booking cannot open too late for a start that is over, so only from the second step on all the rest fails.
    if (k > 0)
      assert.deepEqual(
        [...explained],
        fixes.slice(k).map(([rest]) => rest),
      )
    const next = fix(facts, asked)
    facts = next[0]
    asked = next[1]
  }
  assert.equal(judgeAppointment(facts, asked, now), 'AVAILABLE')
})
