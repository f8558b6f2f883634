import type { BookingStatus } from '../booking-facts.ts'
import { effectiveBookingStatus } from '../effective-state.ts'

/** How long a seat or time is held for a person who has no name yet. */
export const HOLD_MINUTES = 10
/** How many holds an integration may have at once in a studio: nobody has to be known for it. */
export const MOST_HOLDS = 20

export type HoldStatus = 'ACTIVE' | 'EXPIRED' | 'RELEASED' | 'USED'

/** A hold as stored; it has a customer once it was used. */
export interface HoldFacts {
  readonly customerId: number | null
  readonly status: BookingStatus
  readonly confirmDeadline: Temporal.Instant | null
  readonly start: Temporal.Instant
  readonly cancelReason: string | null
}

/** Where a hold stands at `now`; the moment of its end still counts. What staff have canceled is released. */
export function judgeHold(hold: HoldFacts, now: Temporal.Instant): HoldStatus {
  if (hold.customerId !== null) return 'USED'
  if (hold.status === 'CANCELED') return hold.cancelReason === 'CONFIRMATION_EXPIRED' ? 'EXPIRED' : 'RELEASED'
  return effectiveBookingStatus(hold, now) === 'CANCELED' ? 'EXPIRED' : 'ACTIVE'
}
