import type { WishHeader } from '../platform/api/operation.ts'

/** On validations and bookings, of classes and appointments alike. */
export const bookingDetails: WishHeader = {
  name: 'X-Booking-Details',
  description:
    '`true`: a validation, or the refusal of a booking, lists all reasons (`details`) and what could be booked instead ' +
    '(`alternatives`).',
}
