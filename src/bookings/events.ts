import type { DomainEvent } from '../platform/units/events.ts'

/** A booking of either kind, as far as partners are told of it. */
export interface AnnouncedBooking {
  readonly bookingId: number
  readonly kind: 'CLASS' | 'APPOINTMENT'
  readonly studioId: number
  readonly customerId: number
}

function bookingEvent(booking: AnnouncedBooking, what: 'CREATED' | 'UPDATED' | 'CANCELLED'): DomainEvent {
  const { bookingId, kind, studioId, customerId } = booking
  return { type: `${kind}_BOOKING_${what}`, entityId: bookingId, customerId, audienceStudioIds: [studioId] }
}

/** The booking became definite, or took a place on the waiting list. */
export const bookingCreated = (booking: AnnouncedBooking) => bookingEvent(booking, 'CREATED')

/** Promoted, moved, staffed otherwise, or the attendance is known. */
export const bookingUpdated = (booking: AnnouncedBooking) => bookingEvent(booking, 'UPDATED')

export const bookingCanceled = (booking: AnnouncedBooking) => bookingEvent(booking, 'CANCELLED')
