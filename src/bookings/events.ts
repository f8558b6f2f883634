import { declareEvent } from '../platform/units/events.ts'

/** A booking of either kind, as far as partners receive it. */
export interface AnnouncedBooking {
  readonly bookingId: number
  readonly kind: 'CLASS' | 'APPOINTMENT'
  readonly studioId: number
  readonly customerId: number
}

const trialsLater = 'A trial that waits for its confirmation is sent when it has it.'
const entity = 'the booking'

export const classBookingCreated = declareEvent('CLASS_BOOKING_CREATED', {
  when: `A booking became definite, or took a position on the waiting list. ${trialsLater}`,
  entity,
})

export const classBookingUpdated = declareEvent('CLASS_BOOKING_UPDATED', {
  when: 'A booking moved up from the waiting list, or staff stored whether the customer came.',
  entity,
})

export const classBookingCanceled = declareEvent('CLASS_BOOKING_CANCELLED', {
  when: 'A booking was canceled: by the customer, by staff, with its slot, or because nobody confirmed it in time.',
  entity,
})

export const appointmentBookingCreated = declareEvent('APPOINTMENT_BOOKING_CREATED', {
  when: `A booking became definite. ${trialsLater}`,
  entity,
})

export const appointmentBookingUpdated = declareEvent('APPOINTMENT_BOOKING_UPDATED', {
  when: 'Staff gave an appointment another time, instructor or resource, or stored whether the customer came.',
  entity,
})

export const appointmentBookingCanceled = declareEvent('APPOINTMENT_BOOKING_CANCELLED', {
  when: 'A booking was canceled: by the customer, by staff, or because nobody confirmed it in time.',
  entity,
})

const aboutBooking = ({ bookingId, customerId, studioId }: AnnouncedBooking) => ({
  entityId: bookingId,
  customerId,
  audienceStudioIds: [studioId],
})

/** The booking became definite, or took a position on the waiting list. */
export const bookingCreated = (booking: AnnouncedBooking) =>
  (booking.kind === 'CLASS' ? classBookingCreated : appointmentBookingCreated)(aboutBooking(booking))

/** Promoted, moved, staffed otherwise, or the attendance is known. */
export const bookingUpdated = (booking: AnnouncedBooking) =>
  (booking.kind === 'CLASS' ? classBookingUpdated : appointmentBookingUpdated)(aboutBooking(booking))

export const bookingCanceled = (booking: AnnouncedBooking) =>
  (booking.kind === 'CLASS' ? classBookingCanceled : appointmentBookingCanceled)(aboutBooking(booking))
