import { isBefore } from '../../platform/time/order.ts'
import type { BookingRule, CustomerBooking, TrialFacts } from '../booking-facts.ts'
import { isActiveBooking } from '../effective-state.ts'
import type { MainTime } from './main-time-rules.ts'
import { closesAt, deadlineAt, earlier, termAfter } from './term-rules.ts'

/** Whether this person may try the offer: a prospect, created for this very config unless it takes any lead. */
export function isEligibleForTrial({ config, isProspect, leadConfigId }: TrialFacts): boolean {
  return isProspect && (config === null || config.allowBookingForLeads || leadConfigId === config.configId)
}

/** Whether the class or bookable belongs to a config that is in force. */
export function isOfferedForTrial({ config }: TrialFacts): boolean {
  return config?.isActive ?? false
}

function countedTrials(
  { config }: TrialFacts,
  bookings: readonly CustomerBooking[],
  now: Temporal.Instant,
): readonly CustomerBooking[] {
  if (config === null) return []
  return bookings.filter((one) => one.trialOfferConfigId === config.configId && isActiveBooking(one, now))
}

/** The trial contingent: bookings under the config that are not canceled, past ones and the waiting list included. */
export function hasUsedUpTrials(
  trial: TrialFacts,
  bookings: readonly CustomerBooking[],
  now: Temporal.Instant,
): boolean {
  return trial.config !== null && countedTrials(trial, bookings, now).length >= trial.config.contingent
}

/** Whether another trial starts closer to this one than the config allows; exactly the distance is allowed. */
export function isTooCloseToTrial(
  trial: TrialFacts,
  bookings: readonly CustomerBooking[],
  { start, zone }: Pick<MainTime, 'start' | 'zone'>,
  now: Temporal.Instant,
): boolean {
  const term = trial.config?.preventMultipleBookingsTerm ?? null
  if (term === null || term.value === 0) return false
  const from = deadlineAt(start, term, zone)
  const until = termAfter(start, term, zone)
  return countedTrials(trial, bookings, now).some(
    (other) => isBefore(from, other.start) && isBefore(other.start, until),
  )
}

/** Until when a trial can be confirmed; null = no confirmation is asked for. */
export function trialDeadlineAt(
  trial: TrialFacts | null,
  { start, zone }: Pick<MainTime, 'start' | 'zone'>,
): Temporal.Instant | null {
  const term = trial?.config?.confirmationTerm ?? null
  return term === null ? null : deadlineAt(start, term, zone)
}

/** Latest booking (inclusive). A trial booked after its confirmation deadline could not be confirmed any more. */
export function latestBookingAt(
  rule: Pick<BookingRule, 'latestTerm'>,
  trial: TrialFacts | null,
  { start, zone }: Pick<MainTime, 'start' | 'zone'>,
): Temporal.Instant {
  const closes = closesAt(start, rule.latestTerm, zone)
  const deadline = trialDeadlineAt(trial, { start, zone })
  return deadline === null ? closes : earlier(closes, deadline)
}
