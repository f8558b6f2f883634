import type { BookingStatus } from '../booking-facts.ts'
import { effectiveBookingStatus } from '../effective-state.ts'

/** A booking as stored, with the reason if it was canceled. */
export interface ConfirmationFacts {
  readonly status: BookingStatus
  readonly confirmDeadline: Temporal.Instant | null
  readonly start: Temporal.Instant
  readonly cancelReason: string | null
}

/**
 * CONFIRM makes the booking definite and EXPIRE cancels it, both once; the ALREADY_… answers repeat the same result
 * without effect. CANCELED and ON_WAITING_LIST are refusals.
 */
export type ConfirmationVerdict =
  | 'CONFIRM'
  | 'ALREADY_CONFIRMED'
  | 'EXPIRE'
  | 'ALREADY_EXPIRED'
  | 'CANCELED'
  | 'ON_WAITING_LIST'

/** What confirming does at `now`; the instant of the deadline still confirms. */
export function judgeConfirmation(facts: ConfirmationFacts, now: Temporal.Instant): ConfirmationVerdict {
  const status = effectiveBookingStatus(facts, now)
  if (status === 'BOOKED_WITH_CONFIRMATION_REQUIRED') return 'CONFIRM'
  if (status === 'BOOKED') return 'ALREADY_CONFIRMED'
  if (status === 'WAITING_LIST') return 'ON_WAITING_LIST'
  if (facts.status === 'BOOKED_WITH_CONFIRMATION_REQUIRED') return 'EXPIRE'
  return facts.cancelReason === 'CONFIRMATION_EXPIRED' ? 'ALREADY_EXPIRED' : 'CANCELED'
}
