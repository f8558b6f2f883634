import { type Static, Type } from 'typebox'
import { refusalCodes } from '../bookings/index.ts'
import { Instructor } from '../employees/api.ts'
import { added, date, dateTime, id, int32, list, named, choice, text } from '../platform/api/schema.ts'

const optional = Type.Optional

/** What customers read about the service, on offers and on bookings alike. */
const service = {
  title: optional(text('Title as shown to members.', { examples: ['Personal training'] })),
  duration: optional(int32('Length in minutes.', { examples: [45] })),
  category: optional(text('Category of the service.', { examples: ['Coaching'] })),
  description: optional(text('What the service offers, for members.')),
  imgUrl: optional(text('Link to the picture of the service; left out without one.')),
}

const start = () => dateTime('Start.', '2026-06-17T10:00:00.000+02:00[Europe/Berlin]')
const end = () => dateTime('End.', '2026-06-17T10:45:00.000+02:00[Europe/Berlin]')

export const BookableAppointment = named(
  'BookableAppointment',
  Type.Object({ id: id('The bookable appointment.', { examples: [1000000610] }), ...service }),
)
export type BookableAppointment = Static<typeof BookableAppointment>

export const BookableAppointmentSlot = named(
  'BookableAppointmentSlot',
  Type.Object({
    startDateTime: optional(start()),
    endDateTime: optional(end()),
    instructors: optional(list(Instructor, 'Who would hold it; empty when the service needs nobody.')),
  }),
)
export type BookableAppointmentSlot = Static<typeof BookableAppointmentSlot>

/** Which days of free times are wanted. */
export const slotDaysQuery = {
  daysAhead: int32('How many days follow the first one; 6 shows a whole week.', {
    default: 1,
    minimum: 1,
    maximum: 6,
  }),
  windowDays: optional(
    int32('How many days in all, the first one included; counts instead of `daysAhead`.', {
      minimum: 1,
      maximum: 31,
      examples: [31],
      ...added,
    }),
  ),
  slotWindowStartDate: optional(date('First day, in the zone of the studio; today when left out.')),
}

export const AppointmentBookingRequest = named(
  'AppointmentBookingRequest',
  Type.Object({
    customerId: id('Who takes the appointment.', { examples: [1000000101] }),
    bookableAppointmentId: id('What to book.', { examples: [1000000610] }),
    startDateTime: dateTime('Wanted start, as one of the free times names it.', '2026-06-17T10:00:00.000+02:00'),
    endDateTime: dateTime('Wanted end: start plus the length of the service.', '2026-06-17T10:45:00.000+02:00'),
    instructorIds: optional(
      list(
        id('An instructor.'),
        'Wanted instructors: as many as needed are chosen among them, the rest is filled up. Empty: anyone.',
        { examples: [[1000000311]] },
      ),
    ),
  }),
)
export type AppointmentBookingRequest = Static<typeof AppointmentBookingRequest>

/** In the order of the original API, not the order in which they are tested. */
const validationStatuses = [
  'PAST_START_DATE_TIME',
  'END_DATE_TIME_NOT_AFTER_START_DATE_TIME',
  'PERIOD_DOES_NOT_MATCH',
  'CUSTOMER_IN_OTHER_BOOKING',
  'CUSTOMER_IDLE',
  'NO_CONTINGENT',
  'BOOKABLE_APPOINTMENT_RESTRICTIONS_NOT_FULFILLED',
  'BOOKING_LIMIT_REACHED',
  'DATE_TIME_BEFORE_EARLIEST_BOOKING_DATE_TIME',
  'DATE_TIME_AFTER_LATEST_BOOKING_DATE_TIME',
  'STUDIO_CLOSED',
  'RESOURCE_NOT_AVAILABLE',
  'NOT_AVAILABLE',
  'AVAILABLE',
] as const

/** What a booking is refused with. */
export const appointmentRefusals = refusalCodes(validationStatuses)

export const AppointmentBookingValidationResult = named(
  'AppointmentBookingValidationResult',
  Type.Object({
    validationStatus: choice(validationStatuses, 'The first reason against a booking, or `AVAILABLE`.', {
      examples: ['AVAILABLE'],
    }),
    details: optional(
      list(choice(validationStatuses, 'A reason.'), 'All reasons against a booking, the first one first.', added),
    ),
    alternatives: optional(
      list(BookableAppointmentSlot, 'Free times for this customer, up to 3, the nearest first.', added),
    ),
  }),
)

export type AppointmentBookingValidationResult = Static<typeof AppointmentBookingValidationResult>

const bookingStatuses = ['BOOKED', 'BOOKED_WITH_CONFIRMATION_REQUIRED', 'CANCELED'] as const

const booking = {
  bookingId: id('The booking.', { examples: [1000000912] }),
  bookingStatus: choice(bookingStatuses, 'Where the booking stands.', { examples: ['BOOKED'] }),
  startDateTime: start(),
  endDateTime: end(),
  ...service,
  instructors: optional(list(Instructor, 'The assigned instructors, also when the customer named none.')),
  appointmentStatus: choice(['PLANNED', 'CANCELED', 'COMPLETED'], 'Where the appointment itself stands.', {
    examples: ['PLANNED'],
  }),
  participantStatus: choice(
    ['PARTICIPATING', 'NOT_PARTICIPATING', 'UNSET'],
    'Whether the customer came; `UNSET` until that is known.',
    { examples: ['UNSET'] },
  ),
}

export const AppointmentBookingResult = named('AppointmentBookingResult', Type.Object(booking))
export type AppointmentBookingResult = Static<typeof AppointmentBookingResult>

export const ListedAppointmentBooking = named(
  'ListedAppointmentBooking',
  Type.Object({
    ...booking,
    customerId: optional(
      id('Who takes the appointment; only in a list of all customers.', { examples: [1000000101], ...added }),
    ),
  }),
)
export type ListedAppointmentBooking = Static<typeof ListedAppointmentBooking>

export const AppointmentBookingResultWithCustomerId = named(
  'AppointmentBookingResultWithCustomerId',
  Type.Object({ ...booking, customerId: id('Who takes the appointment.', { examples: [1000000101] }) }),
)
export type AppointmentBookingResultWithCustomerId = Static<typeof AppointmentBookingResultWithCustomerId>
