import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  at,
  berlin,
  booking,
  bookingRule,
  contract,
  customer,
  on,
  weekly,
} from '../../../test/support/scenes/booking-facts.ts'
import type { CustomerBooking } from '../booking-facts.ts'
import { fulfillsRestrictions, hasOtherBooking, isBlocked, isIdle, reachesLimits } from './customer-rules.ts'
import { readMainTime } from './main-time-rules.ts'

const main = readMainTime(at('2026-06-10T18:00+02:00'), at('2026-06-10T18:45+02:00'), berlin)
const overMidnight = readMainTime(at('2026-06-10T23:30+02:00'), at('2026-06-11T00:30+02:00'), berlin)
const now = at('2026-06-09T12:00+02:00')
const resting = (from: string, lastDay: string | null) =>
  contract({ idlePeriods: [{ from: on(from), lastDay: lastDay === null ? null : on(lastDay) }] })

test('an idle period counts on each of its days, first and last included', () => {
  assert.ok(isIdle([resting('2026-06-10', '2026-06-10')], main))
  assert.ok(isIdle([resting('2026-06-01', null)], main))
  assert.ok(!isIdle([resting('2026-06-11', null)], main))
  assert.ok(!isIdle([resting('2026-06-01', '2026-06-09')], main))
  assert.ok(!isIdle([], main))
})

test('every local date that the main time touches is asked, its end is not', () => {
  assert.ok(isIdle([resting('2026-06-11', null)], overMidnight))
  const untilMidnight = readMainTime(overMidnight.start, at('2026-06-11T00:00+02:00'), berlin)
  assert.ok(!isIdle([resting('2026-06-11', null)], untilMidnight))
})

test('another active contract that does not rest keeps the customer from being idle', () => {
  const idle = resting('2026-06-01', null)
  assert.ok(!isIdle([idle, contract({ contractId: 502 })], main))
  assert.ok(isIdle([idle, contract({ contractId: 502, lastDay: on('2026-06-09') })], main))
  assert.ok(!isIdle([{ ...idle, lastDay: on('2026-06-09') }], main))
})

const offer = { bookableId: 20334, allowParallel: false }
const collides = (other: CustomerBooking, changes: Partial<typeof offer> = {}) =>
  hasOtherBooking([other], main, { ...offer, ...changes }, now)

test('a booked or pending booking that overlaps collides, a touching one does not', () => {
  assert.ok(collides(booking('2026-06-10T18:30+02:00', '2026-06-10T19:00+02:00')))
  assert.ok(collides(booking('2026-06-10T17:00+02:00', '2026-06-10T20:00+02:00')))
  assert.ok(!collides(booking('2026-06-10T17:00+02:00', '2026-06-10T18:00+02:00')))
  assert.ok(!collides(booking('2026-06-10T18:45+02:00', '2026-06-10T19:00+02:00')))
})

test('waiting and canceled bookings do not collide, pending ones until their deadline', () => {
  const overlapping = (changes: Partial<CustomerBooking>) =>
    collides(booking('2026-06-10T18:00+02:00', '2026-06-10T19:00+02:00', changes))
  assert.ok(!overlapping({ status: 'WAITING_LIST' }))
  assert.ok(!overlapping({ status: 'CANCELED' }))
  const pending = { status: 'BOOKED_WITH_CONFIRMATION_REQUIRED' as const }
  assert.ok(overlapping({ ...pending, confirmDeadline: now }))
  assert.ok(!overlapping({ ...pending, confirmDeadline: now.subtract({ milliseconds: 1 }) }))
})

test('where parallel bookings are allowed only the same bookable at the same start collides', () => {
  const parallel = { allowParallel: true }
  const same = booking('2026-06-10T18:00+02:00', '2026-06-10T18:45+02:00', { bookableId: 20334 })
  assert.ok(collides(same, parallel))
  assert.ok(!collides({ ...same, bookableId: 20335 }, parallel))
  assert.ok(!collides({ ...same, start: at('2026-06-10T18:15+02:00') }, parallel))
})

test('an active contract is asked for on the service date', () => {
  const rule = bookingRule({ requiresActiveContract: true })
  const passes = (contracts: ReturnType<typeof contract>[]) => fulfillsRestrictions(rule, customer({ contracts }), main)
  assert.ok(passes([contract()]))
  assert.ok(passes([contract({ from: on('2026-06-10'), lastDay: on('2026-06-10') })]))
  assert.ok(!passes([contract({ from: on('2026-06-11') })]))
  assert.ok(!passes([contract({ lastDay: on('2026-06-09') })]))
  assert.ok(!passes([]))
})

test('a contract for certain times of the day counts only when they cover the main time', () => {
  const rule = bookingRule({ requiresActiveContract: true })
  const passes = (timeFrom: string, timeTo: string) =>
    fulfillsRestrictions(
      rule,
      customer({ contracts: [contract({ allowedTimes: [weekly(1, 5, timeFrom, timeTo)] })] }),
      main,
    )
  assert.ok(passes('18:00', '18:45'))
  assert.ok(!passes('09:00', '18:30'))
  const never = customer({ contracts: [contract({ allowedTimes: [] })] })
  assert.ok(!fulfillsRestrictions(rule, never, main))
})

test('lists are alternatives inside and conditions between each other', () => {
  const module = { moduleId: 31, from: on('2026-01-01'), lastDay: on('2026-06-10') }
  const fulfills = (changes: Partial<ReturnType<typeof bookingRule>>) =>
    fulfillsRestrictions(
      bookingRule(changes),
      customer({ contracts: [contract({ modules: [module] })], memberCodes: ['VIP'] }),
      main,
    )
  assert.ok(fulfills({ allowedRateIds: [10, 11] }))
  assert.ok(!fulfills({ allowedRateIds: [10] }))
  assert.ok(fulfills({ allowedModuleIds: [31] }))
  assert.ok(!fulfills({ allowedModuleIds: [32] }))
  assert.ok(fulfills({ allowedMemberCodes: ['VIP', 'STAFF'] }))
  assert.ok(!fulfills({ allowedMemberCodes: ['STAFF'] }))
  assert.ok(fulfills({ allowedRateIds: [11], allowedModuleIds: [31], allowedMemberCodes: ['VIP'] }))
  assert.ok(!fulfills({ allowedRateIds: [11], allowedModuleIds: [32], allowedMemberCodes: ['VIP'] }))
})

test('a module counts on its own days only', () => {
  const module = { moduleId: 31, from: on('2026-01-01'), lastDay: on('2026-06-09') }
  const holder = customer({ contracts: [contract({ modules: [module] })] })
  assert.ok(!fulfillsRestrictions(bookingRule({ allowedModuleIds: [31] }), holder, main))
})

const limited = (rule: Parameters<typeof reachesLimits>[0], others: CustomerBooking[]) =>
  reachesLimits(rule, others, main, now)
const limits = (
  maxOpenPerCustomer: number | null,
  maxPerPeriod: Parameters<typeof reachesLimits>[0]['maxPerPeriod'],
) => ({
  maxOpenPerCustomer,
  maxPerPeriod,
})

test('open bookings lie in the future, waiting ones included', () => {
  const future = booking('2026-07-01T18:00+02:00', '2026-07-01T19:00+02:00')
  const past = booking('2026-06-09T12:00+02:00', '2026-06-09T13:00+02:00')
  assert.ok(limited(limits(1, null), [future]))
  assert.ok(limited(limits(1, null), [{ ...future, status: 'WAITING_LIST' }]))
  assert.ok(!limited(limits(2, null), [future]))
  assert.ok(!limited(limits(1, null), [past]))
  assert.ok(!limited(limits(1, null), [{ ...future, status: 'CANCELED' }]))
})

test('the period is the local day, ISO week or month of the service date', () => {
  const once = (period: 'DAY' | 'WEEK' | 'MONTH', day: string) =>
    limited(limits(null, { count: 1, period }), [booking(`${day}T08:00+02:00`, `${day}T09:00+02:00`)])
  assert.deepEqual([once('DAY', '2026-06-10'), once('DAY', '2026-06-11')], [true, false])
  assert.deepEqual([once('WEEK', '2026-06-08'), once('WEEK', '2026-06-14')], [true, true])
  assert.deepEqual([once('WEEK', '2026-06-07'), once('WEEK', '2026-06-15')], [false, false])
  assert.deepEqual([once('MONTH', '2026-06-01'), once('MONTH', '2026-06-30')], [true, true])
  assert.deepEqual([once('MONTH', '2026-05-31'), once('MONTH', '2026-07-01')], [false, false])
  assert.equal(once('MONTH', '2025-06-10'), false)
})

test('a week across the turn of the year is one week', () => {
  const newYear = readMainTime(at('2026-01-01T10:00+01:00'), at('2026-01-01T11:00+01:00'), berlin)
  const rule = limits(null, { count: 1, period: 'WEEK' })
  assert.ok(reachesLimits(rule, [booking('2025-12-29T10:00+01:00', '2025-12-29T11:00+01:00')], newYear, now))
  assert.ok(!reachesLimits(rule, [booking('2026-12-31T10:00+01:00', '2026-12-31T11:00+01:00')], newYear, now))
})

test('a booking late in the evening belongs to its local day', () => {
  const late = booking('2026-06-10T23:30+02:00', '2026-06-11T00:30+02:00')
  assert.ok(limited(limits(null, { count: 1, period: 'DAY' }), [late]))
  const beforeMidnightUtc = booking('2026-06-11T00:30+02:00', '2026-06-11T01:30+02:00')
  assert.ok(!limited(limits(null, { count: 1, period: 'DAY' }), [beforeMidnightUtc]))
})

test('a booking block holds until its end, from the moment at which one books', () => {
  const block = (until: string | null) =>
    isBlocked(customer({ bookingBlock: { until: until === null ? null : at(until) } }), main, now)
  assert.ok(block(null))
  assert.ok(block('2026-06-09T12:00:00.001+02:00'))
  assert.ok(!block('2026-06-09T12:00+02:00'))
})

test('an access restriction blocks when it is in force on the service date', () => {
  const restricted = (from: string | null, lastDay: string | null) =>
    isBlocked(
      customer({ accessRestrictions: [{ from: from ? on(from) : null, lastDay: lastDay ? on(lastDay) : null }] }),
      main,
      now,
    )
  assert.ok(restricted(null, null))
  assert.ok(restricted('2026-06-10', '2026-06-10'))
  assert.ok(!restricted('2026-06-11', '2026-06-20'))
  assert.ok(!restricted('2026-06-01', '2026-06-09'))
  assert.ok(!isBlocked(customer(), main, now))
})
