import type { Term } from '../bookings/rules/term-rules.ts'
import type { BookingRule, CustomerFacts, StudioFacts, TrialFacts } from '../bookings/booking-facts.ts'

/**
 * A dated occurrence of a class. Counts and the flag are the effective ones at `now`, that is after settling.
 * Its terms, where set, replace those of the rule.
 */
export interface ClassSlotFacts {
  readonly classSlotId: number
  readonly status: 'PLANNED' | 'CANCELED'
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  /** Null = unlimited. */
  readonly maxParticipants: number | null
  readonly bookedCount: number
  readonly additionalParticipants: number
  /** Null or 0 = no waiting list. */
  readonly maxWaiting: number | null
  readonly waitingCount: number
  readonly promotionPending: boolean
  readonly earliestTerm: Term | null
  readonly latestTerm: Term | null
}

export interface ClassFacts {
  readonly classId: number
  readonly serviceId: number
  readonly type: 'STUDIO' | 'STREAM'
  readonly isBookable: boolean
  readonly isOnlineVisible: boolean
  readonly isActive: boolean
}

/** Everything that decides whether a customer may book a class slot. */
export interface ClassBookingFacts {
  readonly studio: StudioFacts
  readonly gymClass: ClassFacts
  readonly slot: ClassSlotFacts
  readonly rule: BookingRule
  readonly customer: CustomerFacts
  readonly trial: TrialFacts | null
  /** A seat is held for this booking; it is among those that are taken. */
  readonly hasHeldSeat?: boolean
}
