import { Type } from 'typebox'
import { bookingDetails } from '../bookings/api.ts'
import { bookingListCodes, bookingListQuery, lateCancelationCodes } from '../bookings/index.ts'
import { operation } from '../platform/api/operation.ts'
import { id, list, pathId, slicedResult, sliceQuery } from '../platform/api/schema.ts'
import { VoidResult } from '../platform/api/values.ts'
import {
  AppointmentBookingRequest,
  AppointmentBookingResult,
  AppointmentBookingResultWithCustomerId,
  AppointmentBookingValidationResult,
  appointmentRefusals,
  BookableAppointment,
  BookableAppointmentSlot,
  ListedAppointmentBooking,
  slotDaysQuery,
} from './api-schemas.ts'

export {
  AppointmentBookingRequest,
  AppointmentBookingResult,
  AppointmentBookingValidationResult,
  appointmentRefusals,
  BookableAppointment,
  BookableAppointmentSlot,
  slotDaysQuery,
}

const tag = 'Appointments'
const scopes = ['BOOKABLE_APPOINTMENTS_READ']
const bookableAppointmentId = pathId('bookableAppointment', 'The bookable appointment.')
const bookingParams = Type.Object({ bookingId: pathId('booking', 'A booking of an appointment.') })

export const getBookableAppointments = operation({
  operationId: 'getBookableAppointments',
  method: 'GET',
  path: '/v1/appointments/bookable',
  tag,
  summary: 'List what customers can book as an appointment',
  description: 'Services of the studio that are open for online booking by customers, ordered by id.',
  scopes,
  shed: 'BULK',
  query: sliceQuery(50, 10, 100),
  response: slicedResult('BookableAppointmentSlicedResult', BookableAppointment),
})

export const getBookableAppointment = operation({
  operationId: 'getBookableAppointment',
  method: 'GET',
  path: '/v1/appointments/bookable/{bookableAppointmentId}',
  tag,
  summary: 'Read one bookable appointment',
  description: 'Answers 404 for anything that the list would not show.',
  scopes,
  params: Type.Object({ bookableAppointmentId }),
  response: BookableAppointment,
})

export const getBookableAppointmentSlots = operation({
  operationId: 'getBookableAppointmentSlots',
  method: 'GET',
  path: '/v1/appointments/bookable/{bookableAppointmentId}/slots',
  tag,
  summary: 'Find free times for an appointment',
  description:
    'Times that a booking would be granted now, ordered by start. With `customerId` the rules for this customer ' +
    '(entitlements, limits, other bookings) count as well. Where the customer picks the instructor, each free ' +
    'instructor has an entry of its own, so several entries may share a start.',
  scopes,
  params: Type.Object({ bookableAppointmentId }),
  query: Type.Object({
    customerId: Type.Optional(id('For whom; without it the times are those of a customer without restrictions.')),
    ...slotDaysQuery,
  }),
  response: list(BookableAppointmentSlot, 'The free times; empty when nothing is free.'),
  errors: { 404: ['errormessage.customer.notFound'] },
})

export const validateForAppointmentBooking = operation({
  operationId: 'validateForAppointmentBooking',
  method: 'POST',
  path: '/v1/appointments/bookable/validate',
  tag,
  summary: 'Ask whether a customer could book a time',
  description: 'Answers what a booking would meet at this moment. Nothing is reserved.',
  scopes,
  wish: bookingDetails,
  body: AppointmentBookingRequest,
  response: AppointmentBookingValidationResult,
  errors: { 404: ['errormessage.bookableAppointment.notFound', 'errormessage.customer.notFound'] },
})

export const bookAppointmentBooking = operation({
  operationId: 'bookAppointmentBooking',
  method: 'POST',
  path: '/v1/appointments/booking/book',
  tag,
  summary: 'Book an appointment',
  description:
    'Assigns instructors, rooms and devices and takes the customer in, or joins a group appointment at the same time. ' +
    'A refusal is answered with 400 and an `errorCode` that names the same reason as the validation.',
  scopes: ['APPOINTMENTS_WRITE'],
  emits: ['APPOINTMENT_BOOKING_CREATED', 'DEBT_CLAIM_POSTED'],
  shed: 'CRITICAL',
  wish: bookingDetails,
  body: AppointmentBookingRequest,
  response: AppointmentBookingResult,
  errors: {
    400: appointmentRefusals,
    404: ['errormessage.bookableAppointment.notFound', 'errormessage.customer.notFound'],
  },
})

export const getAppointmentBooking = operation({
  operationId: 'getAppointmentBooking',
  method: 'GET',
  path: '/v1/appointments/booking/{bookingId}',
  tag,
  summary: 'Read one appointment booking',
  description: 'A booking of any age and status, trial bookings included. Bookings of classes are answered with 404.',
  scopes: ['APPOINTMENTS_READ'],
  params: bookingParams,
  response: AppointmentBookingResultWithCustomerId,
})

export const deleteAppointmentBooking = operation({
  operationId: 'deleteAppointmentBooking',
  method: 'DELETE',
  path: '/v1/appointments/booking/{bookingId}',
  tag,
  summary: 'Cancel an appointment booking',
  description:
    'Releases the time; the booking stays readable with status `CANCELED`. Repeating the call changes nothing. After ' +
    'the start, or after the deadline of a service that does not allow late cancelation, the answer is 400.',
  scopes: ['APPOINTMENTS_WRITE'],
  emits: ['APPOINTMENT_BOOKING_CANCELLED', 'DEBT_CLAIM_POSTED'],
  shed: 'CRITICAL',
  params: bookingParams,
  response: VoidResult,
  errors: { 400: lateCancelationCodes },
})

export const getAppointmentBookings = operation({
  operationId: 'getAppointmentBookings',
  method: 'GET',
  path: '/v1/appointments/booking',
  tag,
  summary: "List a customer's appointment bookings",
  description:
    'Bookings in this studio that lie between 14 days ago and 14 days ahead, ordered by start, canceled ones included. ' +
    'With `from`, `to` or both: those that start on these days. With both, `customerId` may be left out: then the ' +
    'bookings of all customers are listed, `limit` at a time; as many as that mean that there may be more.',
  scopes: ['APPOINTMENTS_READ'],
  query: bookingListQuery,
  response: list(ListedAppointmentBooking, 'The bookings; empty when there are none.'),
  errors: { 400: bookingListCodes, 404: ['errormessage.customer.notFound'] },
})
