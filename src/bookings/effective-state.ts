import { isAfter, isBefore } from '../platform/time/order.ts'
import type { BookingStatus } from './booking-facts.ts'

export type ParticipantStatus = 'PARTICIPATING' | 'NOT_PARTICIPATING' | 'UNSET'

interface BookingState {
  readonly status: BookingStatus
  readonly confirmDeadline: Temporal.Instant | null
  readonly start: Temporal.Instant
}

/** A transition that time has brought about and that a write has to store, with the reason that goes with it. */
export type DueTransition =
  | { readonly status: 'CANCELED'; readonly cancelReason: 'CONFIRMATION_EXPIRED' | 'WAITING_LIST_EXPIRED' }
  | { readonly participantStatus: ParticipantStatus }

function isPast(deadline: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return deadline !== null && isAfter(now, deadline)
}

function isReached(at: Temporal.Instant, now: Temporal.Instant): boolean {
  return !isBefore(now, at)
}

/** The status as it reads at `now`: the deadline of a confirmation still confirms, the start ends the waiting list. */
export function effectiveBookingStatus(booking: BookingState, now: Temporal.Instant): BookingStatus {
  const { status, confirmDeadline, start } = booking
  if (status === 'BOOKED_WITH_CONFIRMATION_REQUIRED' && isPast(confirmDeadline, now)) return 'CANCELED'
  if (status === 'WAITING_LIST' && isReached(start, now)) return 'CANCELED'
  return status
}

/** Not canceled at `now`; a position on the waiting list counts. */
export function isActiveBooking(booking: BookingState, now: Temporal.Instant): boolean {
  return effectiveBookingStatus(booking, now) !== 'CANCELED'
}

/** Booked or waiting for confirmation at `now`: it takes a seat and the customer's time. */
export function holdsSeat(booking: BookingState, now: Temporal.Instant): boolean {
  const status = effectiveBookingStatus(booking, now)
  return status === 'BOOKED' || status === 'BOOKED_WITH_CONFIRMATION_REQUIRED'
}

/** Class slots and appointments that are over read COMPLETED unless they were canceled. */
export function effectiveSlotStatus(
  slot: { readonly status: 'PLANNED' | 'CANCELED'; readonly end: Temporal.Instant },
  now: Temporal.Instant,
): 'PLANNED' | 'CANCELED' | 'COMPLETED' {
  return slot.status === 'PLANNED' && isReached(slot.end, now) ? 'COMPLETED' : slot.status
}

/** Attendance as it reads at `now`: canceled is absent; what nobody stored becomes the default at the end. */
export function effectiveParticipantStatus(
  booking: BookingState & {
    readonly end: Temporal.Instant
    readonly participantStatus: ParticipantStatus
    readonly attendanceDefault: ParticipantStatus
  },
  now: Temporal.Instant,
): ParticipantStatus {
  if (!isActiveBooking(booking, now)) return 'NOT_PARTICIPATING'
  if (booking.participantStatus !== 'UNSET' || !isReached(booking.end, now)) return booking.participantStatus
  return booking.attendanceDefault
}

/** What settling has to store for this booking at `now`; null when what is stored is what reads show. */
export function planSettlement(
  booking: Parameters<typeof effectiveParticipantStatus>[0],
  now: Temporal.Instant,
): DueTransition | null {
  if (booking.status === 'CANCELED') return null
  if (!isActiveBooking(booking, now)) {
    const waited = booking.status === 'WAITING_LIST'
    return { status: 'CANCELED', cancelReason: waited ? 'WAITING_LIST_EXPIRED' : 'CONFIRMATION_EXPIRED' }
  }
  const participantStatus = effectiveParticipantStatus(booking, now)
  return participantStatus === booking.participantStatus ? null : { participantStatus }
}
