import { isOpen, weeklyIntervals } from '../../studios/opening-rules.ts'
import { startOfDay } from '../../platform/time/zoned-time.ts'
import { findMonday } from '../../platform/time/calendar.ts'
import { isAfter, isBefore } from '../../platform/time/order.ts'
import type { BookingRule, ContractFacts, CustomerBooking, CustomerFacts, DateSpan } from '../booking-facts.ts'
import { holdsSeat, isActiveBooking } from '../effective-state.ts'
import type { MainTime } from './main-time-rules.ts'

/** Whether the date lies in the span, both ends included. */
export function isInSpan(span: DateSpan, date: Temporal.PlainDate): boolean {
  if (isBefore(date, span.from)) return false
  return span.lastDay === null || !isAfter(date, span.lastDay)
}

function isIdleOn(contracts: readonly ContractFacts[], date: Temporal.PlainDate): boolean {
  const active = contracts.filter((contract) => isInSpan(contract, date))
  return active.length > 0 && active.every((contract) => contract.idlePeriods.some((idle) => isInSpan(idle, date)))
}

/** Idle test: on one of the dates touched, the customer has active main contracts and every one of them rests. */
export function isIdle(contracts: readonly ContractFacts[], main: MainTime): boolean {
  const { serviceDate, lastDate } = main
  for (let date = serviceDate; !isAfter(date, lastDate); date = date.add({ days: 1 })) {
    if (isIdleOn(contracts, date)) return true
  }
  return false
}

/**
 * Other-booking test: a booked or pending booking overlaps the main time. Where parallel bookings are allowed, only
 * the same bookable at the same start collides, so that a retried request does not book twice.
 */
export function hasOtherBooking(
  bookings: readonly CustomerBooking[],
  main: Pick<MainTime, 'start' | 'end'>,
  offer: { readonly bookableId: number | null; readonly allowParallel: boolean },
  now: Temporal.Instant,
): boolean {
  return bookings.some((other) => {
    if (!holdsSeat(other, now)) return false
    const isSame = offer.bookableId !== null && other.bookableId === offer.bookableId
    if (isSame && other.start.equals(main.start)) return true
    return !offer.allowParallel && isBefore(other.start, main.end) && isBefore(main.start, other.end)
  })
}

function admitsDuring(contract: ContractFacts, main: MainTime): boolean {
  if (contract.allowedTimes === null) return true
  const dates = { fromDate: main.serviceDate, untilDate: main.lastDate }
  const intervals = weeklyIntervals(contract.allowedTimes, dates, main.zone)
  return isOpen(intervals, main.start.epochMilliseconds, main.end.epochMilliseconds)
}

/** Ids of the main contracts that are active on the date. */
export function activeContractIds(contracts: readonly ContractFacts[], date: Temporal.PlainDate): ReadonlySet<number> {
  return new Set(contracts.filter((contract) => isInSpan(contract, date)).map((contract) => contract.contractId))
}

function matches<Id>(allowed: readonly Id[], owned: readonly Id[]): boolean {
  return allowed.length === 0 || allowed.some((id) => owned.includes(id))
}

/**
 * Restriction test: contract, rates, modules and member codes. A contract counts when it is active on the service
 * date and its opening-hours category, if it has one, covers the main time.
 */
export function fulfillsRestrictions(
  rule: BookingRule,
  customer: Pick<CustomerFacts, 'contracts' | 'memberCodes'>,
  main: MainTime,
): boolean {
  const { serviceDate } = main
  const contracts = customer.contracts.filter((one) => isInSpan(one, serviceDate) && admitsDuring(one, main))
  if (rule.requiresActiveContract && contracts.length === 0) return false
  const rateIds = contracts.map((one) => one.rateId)
  const modules = contracts.flatMap((one) => one.modules).filter((one) => isInSpan(one, serviceDate))
  const moduleIds = modules.map((one) => one.moduleId)
  return (
    matches(rule.allowedRateIds, rateIds) &&
    matches(rule.allowedModuleIds, moduleIds) &&
    matches(rule.allowedMemberCodes, customer.memberCodes)
  )
}

/** The moments of the local day, ISO week or month that contains the date. */
function periodAround(date: Temporal.PlainDate, period: 'DAY' | 'WEEK' | 'MONTH', zone: string) {
  const first = period === 'DAY' ? date : period === 'WEEK' ? findMonday(date) : date.with({ day: 1 })
  const next = period === 'DAY' ? { days: 1 } : period === 'WEEK' ? { weeks: 1 } : { months: 1 }
  return { from: startOfDay(first, zone), until: startOfDay(first.add(next), zone) }
}

/**
 * Per-customer limits, from the customer's bookings of the same class or bookable. Open ones lie in the future,
 * waiting list included; the day, ISO week or month of the service date also counts those that are over.
 */
export function reachesLimits(
  rule: Pick<BookingRule, 'maxOpenPerCustomer' | 'maxPerPeriod'>,
  sameOffer: readonly CustomerBooking[],
  main: Pick<MainTime, 'serviceDate' | 'zone'>,
  now: Temporal.Instant,
): boolean {
  const active = sameOffer.filter((booking) => isActiveBooking(booking, now))
  const open = active.filter((booking) => isAfter(booking.start, now))
  if (rule.maxOpenPerCustomer !== null && open.length >= rule.maxOpenPerCustomer) return true
  if (rule.maxPerPeriod === null) return false
  const { count, period } = rule.maxPerPeriod
  const { from, until } = periodAround(main.serviceDate, period, main.zone)
  const inPeriod = active.filter(({ start }) => !isBefore(start, from) && isBefore(start, until))
  return inPeriod.length >= count
}

/** Whether staff block the customer's bookings at `now`, or an access restriction is in force at the start. */
export function isBlocked(
  customer: Pick<CustomerFacts, 'bookingBlock' | 'accessRestrictions'>,
  main: Pick<MainTime, 'serviceDate'>,
  now: Temporal.Instant,
): boolean {
  const { bookingBlock, accessRestrictions } = customer
  if (bookingBlock !== null) {
    const { until } = bookingBlock
    if (until === null || isBefore(now, until)) return true
  }
  return accessRestrictions.some(({ from, lastDay }) => from === null || isInSpan({ from, lastDay }, main.serviceDate))
}
