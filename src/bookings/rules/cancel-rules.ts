import { isAfter, isBefore } from '../../platform/time/order.ts'
import type { BookingStatus } from '../booking-facts.ts'
import { effectiveBookingStatus } from '../effective-state.ts'
import { deadlineAt, type Term } from './term-rules.ts'

/** A booking, class or appointment, and the cancel rule of what is booked. */
export interface CancelationFacts {
  readonly status: BookingStatus
  readonly confirmDeadline: Temporal.Instant | null
  readonly start: Temporal.Instant
  readonly zone: string
  /** Null = free until the start. */
  readonly cancelTerm: Term | null
  readonly cancelAfterLatest: boolean
}

/**
 * What canceling does. ALREADY_CANCELED has no effect and is no error. A late cancelation keeps the use of the
 * contingent and the charge; a timely one gives both back.
 */
export type CancelationVerdict =
  | { readonly outcome: 'ALREADY_CANCELED' | 'ALREADY_STARTED' }
  | { readonly outcome: 'DEADLINE_EXCEEDED'; readonly deadline: Temporal.Instant }
  | { readonly outcome: 'CANCEL'; readonly isLate: boolean }

/** Last moment of a free cancelation (inclusive). */
export function cancelDeadlineAt({
  start,
  cancelTerm,
  zone,
}: Pick<CancelationFacts, 'start' | 'cancelTerm' | 'zone'>): Temporal.Instant {
  return cancelTerm === null ? start : deadlineAt(start, cancelTerm, zone)
}

/** May this booking be canceled at `now`, and at which price? */
export function judgeCancelation(facts: CancelationFacts, now: Temporal.Instant): CancelationVerdict {
  const status = effectiveBookingStatus(facts, now)
  if (status === 'CANCELED') return { outcome: 'ALREADY_CANCELED' }
  if (!isBefore(now, facts.start)) return { outcome: 'ALREADY_STARTED' }
  if (status === 'WAITING_LIST') return { outcome: 'CANCEL', isLate: false }
  const deadline = cancelDeadlineAt(facts)
  if (!isAfter(now, deadline)) return { outcome: 'CANCEL', isLate: false }
  return facts.cancelAfterLatest ? { outcome: 'CANCEL', isLate: true } : { outcome: 'DEADLINE_EXCEEDED', deadline }
}
