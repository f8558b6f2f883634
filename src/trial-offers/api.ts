import { Type } from 'typebox'
import {
  AppointmentBookingResult,
  AppointmentBookingValidationResult,
  appointmentRefusals,
  BookableAppointmentSlot,
  slotDaysQuery,
} from '../appointments/api.ts'
import { bookingDetails } from '../bookings/api.ts'
import { unusableHoldCodes } from '../bookings/index.ts'
import {
  ClassSlotBookingResult,
  ClassSlotBookingValidationResult,
  classRefusals,
  ClassSlotSlicedResult,
  slotStateQuery,
} from '../classes/api.ts'
import { operation } from '../platform/api/operation.ts'
import { id, list, pathId, slicedResult, sliceQuery } from '../platform/api/schema.ts'
import {
  BookableTrialOfferAppointment,
  BookingConfirmationResult,
  TrialAppointmentBookingRequest,
  TrialClassSlotBookingRequest,
  TrialOfferClass,
  TrialOfferConfig,
  TrialOfferLeadCustomerCreationRequest,
  TrialOfferLeadCustomerCreationResult,
  TrialOfferLeadCustomerCreationValidationResult,
} from './api-schemas.ts'

const tag = 'Trial Offers'
const scopes = ['TRIAL_OFFER_READ']
const writing = { scopes: ['TRIAL_OFFER_WRITE'], shed: 'CRITICAL' } as const
const ofConfig =
  'The rules are those of the config that offers it: trials left, distance to other trials, confirmation.'

export const getBookableTrialOfferClasses = operation({
  operationId: 'getBookableTrialOfferClasses',
  method: 'GET',
  path: '/v1/trial-offers/bookable-trial-offers/classes',
  tag,
  summary: 'List the classes that prospects may try',
  description: 'Bookable classes of active trial offers with a slot within the next year, ordered by class id.',
  scopes,
  shed: 'BULK',
  query: sliceQuery(50, 10, 100),
  response: slicedResult('TrialOfferClassesSlicedResult', TrialOfferClass),
})

export const getBookableTrialOfferAppointments = operation({
  operationId: 'getBookableTrialOfferAppointments',
  method: 'GET',
  path: '/v1/trial-offers/bookable-trial-offers/appointments/bookable',
  tag,
  summary: 'List the appointments that prospects may try',
  description: 'Services of active trial offers, also those that members cannot book, ordered by id.',
  scopes,
  shed: 'BULK',
  query: sliceQuery(50, 10, 100),
  response: slicedResult('BookableTrialOfferAppointmentsSlicedResult', BookableTrialOfferAppointment),
})

export const getTrialOfferConfig = operation({
  operationId: 'getTrialOfferConfig',
  method: 'GET',
  path: '/v1/trial-offers/config/{configId}',
  tag,
  summary: 'Read the rules of a trial offer',
  description: 'Active or not, so that old bookings stay explainable. Do not ask for what is `INACTIVE`.',
  scopes,
  params: Type.Object({ configId: pathId('trialOfferConfig', 'The config.') }),
  response: TrialOfferConfig,
})

export const validateForLeadCustomerCreation = operation({
  operationId: 'validateForLeadCustomerCreation',
  method: 'POST',
  path: '/v1/trial-offers/lead/validate',
  tag,
  summary: 'Ask whether a prospect could be entered for a trial offer',
  description:
    'Unfit data comes before a duplicate. A person is a duplicate by third-party id, by names and date of birth, or by ' +
    'e-mail address, in any studio that has activated the integration.',
  scopes,
  body: TrialOfferLeadCustomerCreationRequest,
  response: TrialOfferLeadCustomerCreationValidationResult,
  errors: { 404: ['errormessage.trialOfferConfig.notFound'] },
})

export const createLeadCustomer = operation({
  operationId: 'createLeadCustomer',
  method: 'POST',
  path: '/v1/trial-offers/lead/create',
  tag,
  summary: 'Enter a prospect for a trial offer',
  description:
    'Makes a customer without a contract and the lead; book with the `leadCustomerId`. What the offer does not ask for ' +
    'is ignored and not stored. A known person is never used again here: search for the customer instead, and book ' +
    'where the offer takes any prospect.',
  scopes: writing.scopes,
  emits: ['CUSTOMER_CREATED'],
  body: TrialOfferLeadCustomerCreationRequest,
  response: TrialOfferLeadCustomerCreationResult,
  errors: {
    400: ['errormessage.lead.duplicateCustomer', 'errormessage.lead.invalidLeadCustomerData'],
    404: ['errormessage.trialOfferConfig.notFound'],
  },
})

export const getClassSlotsForTrialOffers = operation({
  operationId: 'getClassSlotsForTrialOffers',
  method: 'GET',
  path: '/v1/trial-offers/bookable-trial-offers/classes/{classId}/slots',
  tag,
  summary: 'List the slots of a class to try',
  description:
    'The slots that the class shows, from yesterday until 14 days ahead; booking ends no later than the confirmation.',
  scopes,
  shed: 'BULK',
  params: Type.Object({ classId: pathId('trialOffer', 'A class of a trial offer.') }),
  query: Type.Object({ ...sliceQuery(50, 10, 100).properties, ...slotStateQuery }),
  response: ClassSlotSlicedResult,
})

export const getBookableAppointmentSlotsForTrialOffers = operation({
  operationId: 'getBookableAppointmentSlotsForTrialOffers',
  method: 'GET',
  path: '/v1/trial-offers/bookable-trial-offers/appointments/bookable/{bookableAppointmentId}/slots',
  tag,
  summary: 'Find free times for an appointment to try',
  description: `Times that a trial booking would be granted now, ordered by start. ${ofConfig}`,
  scopes,
  params: Type.Object({ bookableAppointmentId: pathId('trialOffer', 'A bookable appointment of a trial offer.') }),
  query: Type.Object({
    customerId: Type.Optional(id('For whom; without it the times are those of a prospect without bookings.')),
    ...slotDaysQuery,
  }),
  response: list(BookableAppointmentSlot, 'The free times; empty when nothing is free.'),
  errors: { 404: ['errormessage.bookableAppointment.notFound', 'errormessage.customer.notFound'] },
})

export const validateClassSlotForTrialOffers = operation({
  operationId: 'validateClassSlotForTrialOffers',
  method: 'POST',
  path: '/v1/trial-offers/classes/booking/validate',
  tag,
  summary: 'Ask whether a prospect could try a class slot',
  description: `Answers what a booking would meet at this moment. Nothing is reserved. ${ofConfig}`,
  scopes,
  wish: bookingDetails,
  body: TrialClassSlotBookingRequest,
  response: ClassSlotBookingValidationResult,
  errors: {
    400: unusableHoldCodes,
    404: ['errormessage.classSlot.notFound', 'errormessage.customer.notFound', 'errormessage.hold.notFound'],
  },
})

export const validateForAppointmentBookingForTrialOffers = operation({
  operationId: 'validateForAppointmentBookingForTrialOffers',
  method: 'POST',
  path: '/v1/trial-offers/appointments/booking/validate',
  tag,
  summary: 'Ask whether a prospect could try an appointment',
  description: `Answers what a booking would meet at this moment. Nothing is reserved. ${ofConfig}`,
  scopes,
  wish: bookingDetails,
  body: TrialAppointmentBookingRequest,
  response: AppointmentBookingValidationResult,
  errors: {
    400: unusableHoldCodes,
    404: ['errormessage.bookableAppointment.notFound', 'errormessage.customer.notFound', 'errormessage.hold.notFound'],
  },
})

export const bookClassSlotForTrialOffers = operation({
  operationId: 'bookClassSlotForTrialOffers',
  method: 'POST',
  path: '/v1/trial-offers/classes/booking/book',
  tag,
  summary: 'Book a class slot as a trial',
  description:
    'Takes a free seat, or a position in the queue. Where the offer asks for a confirmation, `bookingStatus` is ' +
    '`BOOKED_WITH_CONFIRMATION_REQUIRED` and the seat is held until the deadline. Read and cancel it like any booking.',
  ...writing,
  wish: bookingDetails,
  body: TrialClassSlotBookingRequest,
  response: ClassSlotBookingResult,
  errors: {
    400: [...classRefusals, ...unusableHoldCodes],
    404: ['errormessage.classSlot.notFound', 'errormessage.customer.notFound', 'errormessage.hold.notFound'],
  },
})

export const bookAppointmentForTrialOffer = operation({
  operationId: 'bookAppointmentForTrialOffer',
  method: 'POST',
  path: '/v1/trial-offers/appointments/booking/book',
  tag,
  summary: 'Book an appointment as a trial',
  description:
    'Where the offer asks for a confirmation, `bookingStatus` is `BOOKED_WITH_CONFIRMATION_REQUIRED` and the time is ' +
    'held until the deadline. Read and cancel it like any booking.',
  ...writing,
  wish: bookingDetails,
  body: TrialAppointmentBookingRequest,
  response: AppointmentBookingResult,
  errors: {
    400: [...appointmentRefusals, ...unusableHoldCodes],
    404: ['errormessage.bookableAppointment.notFound', 'errormessage.customer.notFound', 'errormessage.hold.notFound'],
  },
})

export const confirmTrialOfferBooking = operation({
  operationId: 'confirmTrialOfferBooking',
  emits: ['CLASS_BOOKING_CREATED', 'APPOINTMENT_BOOKING_CREATED'],
  method: 'POST',
  path: '/v1/trial-offers/bookings/{bookingId}/confirm',
  tag,
  summary: 'Confirm a trial',
  description:
    'Makes a trial definite; the moment of the deadline still confirms. Repeating the call changes nothing. Canceled ' +
    'bookings and those on a waiting list are answered with 400.',
  ...writing,
  params: Type.Object({ bookingId: pathId('booking', 'A trial booking of either kind.') }),
  response: BookingConfirmationResult,
  errors: { 400: ['errormessage.booking.canceled', 'errormessage.booking.onWaitingList'] },
})
