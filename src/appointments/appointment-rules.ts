import {
  allFailing,
  type BreakableRule,
  type Check,
  type Failure,
  firstFailing,
} from '../bookings/rules/check-rules.ts'
import type { CustomerFacts, TrialFacts } from '../bookings/booking-facts.ts'
import {
  fulfillsRestrictions,
  hasOtherBooking,
  isBlocked,
  isIdle,
  reachesLimits,
} from '../bookings/rules/customer-rules.ts'
import { type BookingPlan, planConfirmation, planSeat, planUse } from '../bookings/rules/plan-rules.ts'
import { opensAt } from '../bookings/rules/term-rules.ts'
import {
  hasUsedUpTrials,
  isEligibleForTrial,
  isOfferedForTrial,
  isTooCloseToTrial,
  latestBookingAt,
} from '../bookings/rules/trial-rules.ts'
import { isAfter, isBefore } from '../platform/time/order.ts'
import { isOpen } from '../studios/opening-rules.ts'
import type { AppointmentFacts, AppointmentRequest } from './appointment-facts.ts'
import { type AppointmentCase, caseOfRequest } from './case-rules.ts'
import { type AssignedTime, findForcedAssignment, findAssignment } from './group-rules.ts'

export type AppointmentBookingStatus =
  | 'PAST_START_DATE_TIME'
  | 'END_DATE_TIME_NOT_AFTER_START_DATE_TIME'
  | 'PERIOD_DOES_NOT_MATCH'
  | 'CUSTOMER_IN_OTHER_BOOKING'
  | 'CUSTOMER_IDLE'
  | 'NO_CONTINGENT'
  | 'BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED'
  | 'BOOKING_LIMIT_REACHED'
  | 'DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME'
  | 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME'
  | 'STUDIO_CLOSED'
  | 'RESOURCE_NOT_AVAILABLE'
  | 'NOT_AVAILABLE'
  | 'AVAILABLE'

type AppointmentCheck = Check<AppointmentBookingStatus, AppointmentCase>

/** Anonymous requests have no customer who could fail. */
function ofCustomer(
  fails: (customer: CustomerFacts, trial: TrialFacts | null, c: AppointmentCase) => boolean,
): (c: AppointmentCase) => boolean {
  return (c) => c.facts.customer !== null && fails(c.facts.customer, c.facts.trial, c)
}

function planBookingUse(customer: CustomerFacts, { facts, main, now }: AppointmentCase) {
  const { rule, studio, bookable } = facts
  const { serviceId } = bookable
  return planUse(customer, { rule, serviceId, studioId: studio.studioId, main, foreignNeedsEntitlement: true }, now)
}

function reachesCustomerLimits(customer: CustomerFacts, trial: TrialFacts | null, c: AppointmentCase): boolean {
  const { facts, main, now } = c
  if (trial !== null) return isTooCloseToTrial(trial, customer.bookings, main, now)
  const sameBookable = customer.bookings.filter((one) => one.bookableId === facts.bookable.bookableId)
  return reachesLimits(facts.rule, sameBookable, main, now)
}

function isBeforeEarliest({ facts, main, now }: AppointmentCase): boolean {
  const { earliestTerm } = facts.rule
  return earliestTerm !== null && isBefore(now, opensAt(main.start, earliestTerm, main.zone))
}

function isPastLatest({ facts, main, now }: AppointmentCase): boolean {
  return isAfter(now, latestBookingAt(facts.rule, facts.trial, main))
}

function isOutsideValidity({ facts, day }: AppointmentCase): boolean {
  const { validFrom, validTo } = facts.bookable
  if (validFrom !== null && isBefore(day.date, validFrom)) return true
  return validTo !== null && isAfter(day.date, validTo)
}

const requestChecks: readonly AppointmentCheck[] = [
  ['PAST_START_DATE_TIME', null, ({ main, now }) => !isAfter(main.start, now)],
  ['END_DATE_TIME_NOT_AFTER_START_DATE_TIME', null, ({ main, requestedEnd }) => !isAfter(requestedEnd, main.start)],
  ['PERIOD_DOES_NOT_MATCH', null, ({ main, requestedEnd }) => !requestedEnd.equals(main.end)],
]

const customerChecks: readonly AppointmentCheck[] = [
  [
    'CUSTOMER_IN_OTHER_BOOKING',
    'OTHER_BOOKING',
    ofCustomer((customer, _trial, { facts, main, now }) =>
      hasOtherBooking(customer.bookings, main, facts.bookable, now),
    ),
  ],
  ['CUSTOMER_IDLE', 'IDLE', ofCustomer((customer, _trial, { main }) => isIdle(customer.contracts, main))],
  [
    'NO_CONTINGENT',
    'CONTINGENT',
    ofCustomer((customer, trial, c) =>
      trial === null ? planBookingUse(customer, c) === null : hasUsedUpTrials(trial, customer.bookings, c.now),
    ),
  ],
  [
    'BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED',
    'RESTRICTION',
    ofCustomer((customer, trial, { facts, main }) =>
      trial === null ? !fulfillsRestrictions(facts.rule, customer, main) : !isEligibleForTrial(trial),
    ),
  ],
  ['BOOKING_LIMIT_REACHED', 'CAPACITY', ofCustomer(reachesCustomerLimits)],
]

const windowChecks: readonly AppointmentCheck[] = [
  ['DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME', 'WINDOW', isBeforeEarliest],
  ['DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME', 'WINDOW', isPastLatest],
  [
    'STUDIO_CLOSED',
    'CLOSED',
    ({ facts, main }) => !isOpen(facts.open, main.start.epochMilliseconds, main.end.epochMilliseconds),
  ],
]

const availabilityChecks: readonly AppointmentCheck[] = [
  ['NOT_AVAILABLE', null, ({ isOnGrid }) => !isOnGrid],
  ['NOT_AVAILABLE', null, isOutsideValidity],
  ['NOT_AVAILABLE', null, ({ facts }) => facts.trial !== null && !isOfferedForTrial(facts.trial)],
  ['NOT_AVAILABLE', 'BLOCKED', ofCustomer((customer, _trial, { main, now }) => isBlocked(customer, main, now))],
  [
    'NOT_AVAILABLE',
    'RESTRICTION',
    ofCustomer((customer, _trial, c) => customer.isForeign && !c.facts.rule.allowForeign),
  ],
]

/** The validation table of appointments; its order is part of the API. */
const checks: readonly AppointmentCheck[] = [
  ...requestChecks,
  ...customerChecks,
  ...windowChecks,
  ['RESOURCE_NOT_AVAILABLE', 'RESOURCE', (c) => findAssignment(c) === null],
  ...availabilityChecks,
]

const checksBeforeAssignment = checks.filter(([status]) => status !== 'RESOURCE_NOT_AVAILABLE')

/** May this appointment be booked at `now`? Staff may break rules on purpose; the API breaks none. */
export function judgeAppointment(
  facts: AppointmentFacts,
  request: AppointmentRequest,
  now: Temporal.Instant,
  broken: readonly BreakableRule[] = [],
): AppointmentBookingStatus {
  return firstFailing(checks, caseOfRequest(facts, request, now), broken) ?? 'AVAILABLE'
}

/** Everything that stands against the appointment, in the order of the table; empty when it is available. */
export function explainAppointment(
  facts: AppointmentFacts,
  request: AppointmentRequest,
  now: Temporal.Instant,
): readonly Failure<AppointmentBookingStatus>[] {
  return allFailing(checks, caseOfRequest(facts, request, now))
}

/** Whether only the instructors and resources remain to be asked: the whole table but its resource step. */
export function isTimeAvailable(c: AppointmentCase): boolean {
  return firstFailing(checksBeforeAssignment, c) === undefined
}

/** What an appointment stores. Its time is forced where only breaking the resource rule gives it one. */
export interface AppointmentPlan extends BookingPlan {
  readonly assigned: AssignedTime
  readonly isForced: boolean
}

/**
 * What an available appointment stores: its time, its state and what it takes from the contingent. Null when there is
 * no time for it, which staff overcome by breaking the resource rule.
 */
export function planAppointment(
  facts: AppointmentFacts,
  request: AppointmentRequest,
  now: Temporal.Instant,
  broken: readonly BreakableRule[] = [],
): AppointmentPlan | null {
  const c = caseOfRequest(facts, request, now)
  const { customer, trial, rule } = facts
  const free = findAssignment(c)
  const assignment = free ?? (broken.includes('RESOURCE') ? findForcedAssignment(c) : null)
  if (assignment === null) return null
  const use = customer === null || trial !== null ? null : planBookingUse(customer, c)
  return { ...planSeat(planConfirmation(rule, trial, c.main), use), assigned: assignment, isForced: free === null }
}
