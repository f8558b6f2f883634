import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  allocation,
  appointmentFacts,
  bookable,
  device,
  group,
  instructor,
  line,
  request,
} from '../../test/support/scenes/appointment-facts.ts'
import {
  at,
  berlin,
  bookingRule,
  booking,
  customer,
  entitlement,
  trial,
} from '../../test/support/scenes/booking-facts.ts'
import type { AppointmentFacts } from './appointment-facts.ts'
import { judgeAppointment, planAppointment } from './appointment-rules.ts'

const now = at('2026-06-10T08:00+02:00')
const start = '2026-06-10T10:00+02:00'
const wish = request(start, '2026-06-10T10:45+02:00')
const taken = allocation(start, '2026-06-10T10:45+02:00')
const three = bookable({ maxParticipants: 3 })
const findAssigned = (changes: Partial<AppointmentFacts>, instructorIds: readonly number[] = []) =>
  planAppointment(appointmentFacts(changes), { ...wish, instructorIds }, now)?.assigned ?? null
const busy = { bookable: three, resources: [instructor(1, { allocations: [taken] })] }

test('a booking joins a group that has room, although its instructor is taken', () => {
  const groups = { ...busy, appointments: [group(70, start)] }
  assert.equal(judgeAppointment(appointmentFacts(groups), wish, now), 'AVAILABLE')
  assert.deepEqual(findAssigned(groups), { joins: 70, resourceIds: [], instructorIds: [101] })
})

test('a full, canceled or later group is not joined', () => {
  const member = { status: 'BOOKED' as const, confirmDeadline: null }
  assert.equal(
    findAssigned({ ...busy, appointments: [group(70, start, { bookings: [member, member, member] })] }),
    null,
  )
  assert.equal(findAssigned({ ...busy, appointments: [group(70, start, { status: 'CANCELED' })] }), null)
  assert.equal(findAssigned({ ...busy, appointments: [group(70, '2026-06-10T10:15+02:00')] }), null)
  const empty = group(70, start, { bookings: [] })
  assert.equal(findAssigned({ ...busy, bookable: bookable(), appointments: [empty] }), null)
})

test('a group of which every booking has expired is not joined, one that staff opened is', () => {
  const expired = {
    status: 'BOOKED_WITH_CONFIRMATION_REQUIRED' as const,
    confirmDeadline: now.subtract({ seconds: 1 }),
  }
  assert.equal(findAssigned({ ...busy, appointments: [group(70, start, { bookings: [expired] })] }), null)
  assert.equal(findAssigned({ ...busy, appointments: [group(70, start, { bookings: [] })] })?.joins, 70)
  const member = { status: 'BOOKED' as const, confirmDeadline: null }
  const oneLeft = group(70, start, { bookings: [member, member, expired] })
  assert.equal(findAssigned({ ...busy, appointments: [oneLeft] })?.joins, 70)
})

test('the oldest compatible group is joined, otherwise a new one opens', () => {
  const facts = {
    bookable: three,
    requirements: [line('EMPLOYEE', 1, [1, 2, 3])],
    resources: [instructor(1, { allocations: [taken] }), instructor(2, { allocations: [taken] }), instructor(3)],
    appointments: [group(71, start, { instructorIds: [102] }), group(70, start, { instructorIds: [101] })],
  }
  assert.equal(findAssigned(facts)?.joins, 70)
  assert.equal(findAssigned(facts, [102])?.joins, 71)
  assert.deepEqual(findAssigned(facts, [103]), { joins: null, resourceIds: [3], instructorIds: [103] })
  assert.equal(findAssigned(facts, [102, 103])?.joins, 71)
})

test('fewer names than a group has instructors must be among them', () => {
  const facts = {
    ...busy,
    requirements: [line('EMPLOYEE', 2, [1, 2, 3])],
    resources: [instructor(1, { allocations: [taken] }), instructor(2, { allocations: [taken] }), instructor(3)],
    appointments: [group(70, start, { instructorIds: [101, 102] })],
  }
  assert.equal(findAssigned(facts, [101])?.joins, 70)
  assert.equal(findAssigned(facts, [103]), null)
})

test('two services that share an instructor cannot both have the time, an alternative steps in', () => {
  const long = request('2026-06-10T14:00+02:00', '2026-06-10T15:00+02:00')
  const short = request('2026-06-10T14:30+02:00', '2026-06-10T15:00+02:00')
  const anna = instructor(1, { allocations: [allocation('2026-06-10T14:00+02:00', '2026-06-10T15:00+02:00')] })
  const p = { bookable: bookable({ durationMin: 60 }), customer: customer({ customerId: 1 }) }
  const q = { bookable: bookable({ bookableId: 2, durationMin: 30 }), customer: customer({ customerId: 2 }) }
  assert.equal(judgeAppointment(appointmentFacts(p), long, now), 'AVAILABLE')
  assert.equal(judgeAppointment(appointmentFacts(q), short, now), 'AVAILABLE')
  assert.equal(judgeAppointment(appointmentFacts({ ...q, resources: [anna] }), short, now), 'RESOURCE_NOT_AVAILABLE')
  const either = { ...q, requirements: [line('EMPLOYEE', 1, [1, 2])], resources: [anna, instructor(2)] }
  const plan = planAppointment(appointmentFacts(either), { ...short, instructorIds: [101, 102] }, now)
  assert.deepEqual(plan?.assigned.instructorIds, [102])
})

test('an appointment takes its contingent and may wait for staff until its start', () => {
  const rule = bookingRule({ contingentMode: 'REQUIRED', staffConfirmation: true })
  const facts = appointmentFacts({ rule, customer: customer({ entitlements: [entitlement()] }) })
  const plan = planAppointment(facts, wish, now)
  assert.equal(plan?.status, 'BOOKED_WITH_CONFIRMATION_REQUIRED')
  assert.deepEqual(
    [plan?.confirmation?.kind, plan?.confirmation?.deadline.toString()],
    ['STAFF', wish.start.toString()],
  )
  assert.equal(plan?.use.kind, 'ENTITLEMENT')
  const plain = planAppointment(appointmentFacts(), wish, now)
  assert.deepEqual([plain?.status, plain?.confirmation, plain?.use.kind], ['BOOKED', null, 'NONE'])
})

test('a device for two at once serves two appointments at once', () => {
  const facts = {
    requirements: [line('DEVICE', 1, [9])],
    resources: [device(9, { capacity: 2, allocations: [taken] })],
  }
  assert.deepEqual(findAssigned(facts), { joins: null, resourceIds: [9], instructorIds: [] })
  const full = [device(9, { capacity: 2, allocations: [taken, taken] })]
  assert.equal(findAssigned({ ...facts, resources: full }), null)
})

test('a trial follows its config instead of contingents, restrictions and limits', () => {
  const rule = bookingRule({ contingentMode: 'REQUIRED', requiresActiveContract: true, maxOpenPerCustomer: 0 })
  const judgeTrial = (facts: Partial<AppointmentFacts>, moment = now) =>
    judgeAppointment(appointmentFacts({ rule, trial: trial(), ...facts }), wish, moment)
  assert.equal(judgeTrial({}), 'AVAILABLE')
  const first = booking('2026-06-08T10:00+02:00', '2026-06-08T10:45+02:00', { trialOfferConfigId: 61 })
  const tried = { customer: customer({ bookings: [first] }) }
  assert.equal(judgeTrial({ ...tried, trial: trial({ contingent: 1 }) }), 'NO_CONTINGENT')
  const week = trial({ preventMultipleBookingsTerm: { value: 1, unit: 'WEEK' } })
  assert.equal(judgeTrial({ ...tried, trial: week }), 'BOOKING_LIMIT_REACHED')
  const stranger = { ...trial(), isProspect: false }
  assert.equal(judgeTrial({ trial: stranger }), 'BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED')
  assert.equal(judgeTrial({ trial: trial({ isActive: false }) }), 'NOT_AVAILABLE')
  assert.equal(judgeTrial({ trial: { config: null, isProspect: true, leadConfigId: null } }), 'NOT_AVAILABLE')
})

test('a trial is booked while it can be confirmed and waits for the lead', () => {
  const facts = appointmentFacts({ trial: trial({ confirmationTerm: { value: 1, unit: 'HOURS' } }) })
  assert.equal(judgeAppointment(facts, wish, at('2026-06-10T09:00+02:00')), 'AVAILABLE')
  const late = at('2026-06-10T09:00:00.001+02:00')
  assert.equal(judgeAppointment(facts, wish, late), 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME')
  const plan = planAppointment(facts, wish, now)
  assert.equal(plan?.confirmation?.kind, 'LEAD')
  assert.equal(plan?.confirmation?.deadline.toZonedDateTimeISO(berlin).hour, 9)
})

test('an anonymous wish is asked for time and resources only', () => {
  const rule = bookingRule({ contingentMode: 'REQUIRED', requiresActiveContract: true })
  assert.equal(judgeAppointment(appointmentFacts({ rule, customer: null }), wish, now), 'AVAILABLE')
  const gone = appointmentFacts({ customer: null, resources: [] })
  assert.equal(judgeAppointment(gone, wish, now), 'RESOURCE_NOT_AVAILABLE')
})

test('staff may break a rule by its name, and take resources that are not free', () => {
  const facts = appointmentFacts({ resources: [instructor(1, { isActive: false, allocations: [taken] })] })
  assert.equal(judgeAppointment(facts, wish, now, ['RESOURCE']), 'AVAILABLE')
  assert.equal(planAppointment(facts, wish, now), null)
  const forced = planAppointment(facts, wish, now, ['RESOURCE'])
  assert.deepEqual(
    [forced?.assigned, forced?.isForced],
    [{ joins: null, resourceIds: [1], instructorIds: [101] }, true],
  )
  assert.equal(planAppointment(appointmentFacts(), wish, now, ['RESOURCE'])?.isForced, false)
  assert.equal(planAppointment(appointmentFacts({ resources: [] }), wish, now, ['RESOURCE']), null)
  assert.equal(judgeAppointment(facts, wish, now, ['WINDOW', 'IDLE']), 'RESOURCE_NOT_AVAILABLE')
})
