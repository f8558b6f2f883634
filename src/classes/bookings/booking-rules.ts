import { closingIntervals, isClosed } from '../../studios/opening-rules.ts'
import { unnamedPerson, type BookingRule } from '../../bookings/booking-facts.ts'
import { type ClassBookingFacts, type ClassSlotFacts } from '../class-facts.ts'
import { type BookingPlan, planConfirmation, planSeat, planUse } from '../../bookings/rules/plan-rules.ts'
import {
  allFailing,
  type BreakableRule,
  type Check,
  type Failure,
  firstFailing,
} from '../../bookings/rules/check-rules.ts'
import {
  fulfillsRestrictions,
  hasOtherBooking,
  isBlocked,
  isIdle,
  reachesLimits,
} from '../../bookings/rules/customer-rules.ts'
import { isActiveBooking } from '../../bookings/effective-state.ts'
import { type MainTime, readMainTime } from '../../bookings/rules/main-time-rules.ts'
import { opensAt } from '../../bookings/rules/term-rules.ts'
import {
  hasUsedUpTrials,
  isEligibleForTrial,
  isOfferedForTrial,
  isTooCloseToTrial,
  latestBookingAt,
  trialDeadlineAt,
} from '../../bookings/rules/trial-rules.ts'
import { isAfter, isBefore } from '../../platform/time/order.ts'

export type ClassBookingStatus =
  | 'DISPLAY_ONLY'
  | 'NOT_AVAILABLE'
  | 'CUSTOMER_ALREADY_BOOKED'
  | 'DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME'
  | 'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME'
  | 'STUDIO_CLOSED'
  | 'CUSTOMER_IDLE'
  | 'CUSTOMER_IN_OTHER_BOOKING'
  | 'NO_CONTINGENT'
  | 'BOOKING_LIMIT_REACHED'
  | 'AVAILABLE'

/** The facts at one moment. */
interface Case extends ClassBookingFacts {
  readonly main: MainTime
  readonly now: Temporal.Instant
}

function toCase(facts: ClassBookingFacts, now: Temporal.Instant): Case {
  const { start, end } = facts.slot
  return { ...facts, main: readMainTime(start, end, facts.studio.zone), now }
}

type OwnTerms = Pick<ClassSlotFacts, 'start' | 'earliestTerm' | 'latestTerm'>

/** First moment of booking, null = unrestricted. */
export function slotOpensAt(slot: OwnTerms, rule: BookingRule, zone: string): Temporal.Instant | null {
  const term = slot.earliestTerm ?? rule.earliestTerm
  return term === null ? null : opensAt(slot.start, term, zone)
}

/** Last moment of booking (inclusive), never after the start; for a trial also not after its confirmation deadline. */
export function slotClosesAt(
  slot: OwnTerms,
  { rule, trial }: Pick<ClassBookingFacts, 'rule' | 'trial'>,
  zone: string,
): Temporal.Instant {
  const latestTerm = slot.latestTerm ?? rule.latestTerm
  return latestBookingAt({ latestTerm }, trial, { start: slot.start, zone })
}

/** Free seats as the participant list returns them; negative when staff overbooked, infinite without a maximum. */
export function countFreeSeats(
  slot: Pick<ClassSlotFacts, 'maxParticipants' | 'bookedCount' | 'additionalParticipants'>,
): number {
  if (slot.maxParticipants === null) return Number.POSITIVE_INFINITY
  return slot.maxParticipants - slot.bookedCount - slot.additionalParticipants
}

/** A fresh booking gets a free seat only when nobody on the waiting list is about to be asked; a held one is its own. */
function hasSeat({ slot, hasHeldSeat = false }: Pick<ClassBookingFacts, 'slot' | 'hasHeldSeat'>): boolean {
  return hasHeldSeat || (countFreeSeats(slot) > 0 && !slot.promotionPending)
}

function isPastLatest({ slot, rule, trial, studio, now }: Case): boolean {
  if (!isBefore(now, slot.start)) return true
  return isAfter(now, slotClosesAt(slot, { rule, trial }, studio.zone))
}

function isBeforeEarliest({ slot, rule, studio, now }: Case): boolean {
  const opens = slotOpensAt(slot, rule, studio.zone)
  return opens !== null && isBefore(now, opens)
}

function isStudioClosed({ gymClass, studio, slot }: Case): boolean {
  if (gymClass.type === 'STREAM') return false
  const closings = closingIntervals(studio.closings, studio.zone)
  return isClosed(closings, slot.start.epochMilliseconds, slot.end.epochMilliseconds)
}

function planBookingUse({ customer, rule, gymClass, studio, main, now }: Case) {
  const { serviceId } = gymClass
  const facts = { rule, serviceId, studioId: studio.studioId, main, foreignNeedsEntitlement: false }
  return planUse(customer, facts, now)
}

function lacksContingent(c: Case): boolean {
  if (c.trial !== null) return hasUsedUpTrials(c.trial, c.customer.bookings, c.now)
  return planBookingUse(c) === null
}

function reachesCustomerLimits({ trial, customer, gymClass, rule, main, now }: Case): boolean {
  if (trial !== null) return isTooCloseToTrial(trial, customer.bookings, main, now)
  const sameClass = customer.bookings.filter((booking) => booking.classId === gymClass.classId)
  return reachesLimits(rule, sameClass, main, now)
}

const noParallel = { bookableId: null, allowParallel: false }

/** The validation table of class bookings; its order is part of the API. */
const checks: readonly Check<ClassBookingStatus, Case>[] = [
  ['DISPLAY_ONLY', null, (c) => !c.gymClass.isBookable],
  ['NOT_AVAILABLE', null, (c) => c.slot.status === 'CANCELED' || !c.gymClass.isActive || !c.gymClass.isOnlineVisible],
  ['NOT_AVAILABLE', null, (c) => c.trial !== null && !isOfferedForTrial(c.trial)],
  ['NOT_AVAILABLE', 'RESTRICTION', (c) => c.trial !== null && !isEligibleForTrial(c.trial)],
  ['NOT_AVAILABLE', 'RESTRICTION', (c) => c.customer.isForeign && !c.rule.allowForeign],
  ['NOT_AVAILABLE', 'BLOCKED', (c) => isBlocked(c.customer, c.main, c.now)],
  [
    'CUSTOMER_ALREADY_BOOKED',
    null,
    (c) => c.customer.bookings.some((one) => one.classSlotId === c.slot.classSlotId && isActiveBooking(one, c.now)),
  ],
  ['DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME', 'WINDOW', isBeforeEarliest],
  ['DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME', 'WINDOW', isPastLatest],
  ['STUDIO_CLOSED', 'CLOSED', isStudioClosed],
  ['CUSTOMER_IDLE', 'IDLE', (c) => isIdle(c.customer.contracts, c.main)],
  [
    'CUSTOMER_IN_OTHER_BOOKING',
    'OTHER_BOOKING',
    (c) => hasOtherBooking(c.customer.bookings, c.main, noParallel, c.now),
  ],
  ['NO_CONTINGENT', 'CONTINGENT', lacksContingent],
  ['NO_CONTINGENT', 'RESTRICTION', (c) => c.trial === null && !fulfillsRestrictions(c.rule, c.customer, c.main)],
  ['BOOKING_LIMIT_REACHED', 'CAPACITY', reachesCustomerLimits],
  ['BOOKING_LIMIT_REACHED', 'CAPACITY', (c) => !hasSeat(c) && c.slot.waitingCount >= (c.slot.maxWaiting ?? 0)],
]

/** The checks of a promotion. Window and limits are not asked again, because the customer asked in time. */
const promotionStatuses: readonly ClassBookingStatus[] = [
  'NOT_AVAILABLE',
  'STUDIO_CLOSED',
  'CUSTOMER_IDLE',
  'CUSTOMER_IN_OTHER_BOOKING',
  'NO_CONTINGENT',
]
const promotionChecks: readonly Check<ClassBookingStatus, Case>[] = [
  ...checks.filter(([status]) => promotionStatuses.includes(status)),
  [
    'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME',
    'WINDOW',
    ({ trial, main, now }) => {
      const deadline = trialDeadlineAt(trial, main)
      return deadline !== null && isAfter(now, deadline)
    },
  ],
]

/** May this customer book this slot at `now`? Staff may break rules on purpose; the API breaks none. */
export function judgeClassBooking(
  facts: ClassBookingFacts,
  now: Temporal.Instant,
  broken: readonly BreakableRule[] = [],
): ClassBookingStatus {
  return firstFailing(checks, toCase(facts, now), broken) ?? 'AVAILABLE'
}

/** Could a seat of the slot, not a position in the queue, be held for a prospect who has no name yet? */
export function judgeHeldSeat(
  { trial, slot, ...facts }: Omit<ClassBookingFacts, 'customer'>,
  now: Temporal.Instant,
): ClassBookingStatus {
  const prospect = trial && { ...trial, isProspect: true, leadConfigId: trial.config?.configId ?? null }
  return judgeClassBooking(
    { ...facts, slot: { ...slot, maxWaiting: 0 }, customer: unnamedPerson, trial: prospect },
    now,
  )
}

/** Everything that stands against the booking, in the order of the table; empty when it is available. */
export function explainClassBooking(
  facts: ClassBookingFacts,
  now: Temporal.Instant,
): readonly Failure<ClassBookingStatus>[] {
  return allFailing(checks, toCase(facts, now))
}

/** What an available booking stores: a seat (definite or pending) or a position on the waiting list, which takes nothing. */
export function planClassBooking(
  facts: ClassBookingFacts,
  now: Temporal.Instant,
  broken: readonly BreakableRule[] = [],
): BookingPlan {
  const isForced = broken.includes('CAPACITY')
  if (!isForced && !hasSeat(facts)) return { status: 'WAITING_LIST', confirmation: null, use: { kind: 'NONE' } }
  return planPromotion(facts, now)
}

function withoutBooking(facts: ClassBookingFacts, bookingId: number): ClassBookingFacts {
  const bookings = facts.customer.bookings.filter((one) => one.bookingId !== bookingId)
  return { ...facts, customer: { ...facts.customer, bookings } }
}

/** May this waiting entry take a free seat? It does not count against itself, neither as a trial nor as a booking. */
export function judgePromotion(
  facts: ClassBookingFacts,
  bookingId: number,
  now: Temporal.Instant,
  broken: readonly BreakableRule[] = [],
): ClassBookingStatus {
  return firstFailing(promotionChecks, toCase(withoutBooking(facts, bookingId), now), broken) ?? 'AVAILABLE'
}

/** What a booking with a seat stores: its state, its confirmation and what it takes from the contingent. */
export function planPromotion(facts: ClassBookingFacts, now: Temporal.Instant): BookingPlan {
  const { rule, trial } = facts
  const c = toCase(facts, now)
  return planSeat(planConfirmation(rule, trial, c.main), trial === null ? planBookingUse(c) : { kind: 'NONE' })
}
