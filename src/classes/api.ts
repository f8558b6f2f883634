import { Type } from 'typebox'
import { bookingListCodes, bookingListQuery, lateCancelationCodes } from '../bookings/index.ts'
import { operation } from '../platform/api/operation.ts'
import { date, int32, list, pathId, slicedResult, sliceQuery } from '../platform/api/schema.ts'
import {
  Class,
  ClassSlot,
  ClassSlotBookingRequest,
  ClassSlotBookingResult,
  ClassSlotBookingValidationResult,
  classRefusals,
  slotStateQuery,
} from './api-schemas.ts'
import { bookingDetails } from '../bookings/api.ts'

export {
  bookingDetails,
  bookingListQuery,
  slotStateQuery,
  Class,
  ClassSlotBookingRequest,
  ClassSlotBookingResult,
  ClassSlotBookingValidationResult,
  classRefusals,
}
export const ClassSlotSlicedResult = slicedResult('ClassSlotSlicedResult', ClassSlot)

const tag = 'Classes'
const scopes = ['CLASSES_READ']
const classId = pathId('class', 'The class.')
const bookingParams = Type.Object({ bookingId: pathId('booking', 'A booking of a class slot.') })

export const getActiveClasses = operation({
  operationId: 'getActiveClasses',
  method: 'GET',
  path: '/v1/classes',
  tag,
  summary: 'List the classes on offer',
  description:
    'Classes shown online that have a slot between yesterday and 14 days ahead (days of the studio), ordered by id.',
  scopes,
  shed: 'BULK',
  query: sliceQuery(50, 10, 100),
  response: slicedResult('ClassSlicedResult', Class),
})

export const getClassById = operation({
  operationId: 'getClassById',
  method: 'GET',
  path: '/v1/classes/{classId}',
  tag,
  summary: 'Read one class',
  description: 'An active class that is shown online, whether or not it has slots soon.',
  scopes,
  params: Type.Object({ classId }),
  response: Class,
})

export const getClassSlotsForMultipleClasses = operation({
  operationId: 'getClassSlotsForMultipleClasses',
  method: 'GET',
  path: '/v1/classes/slots',
  tag,
  summary: 'List the slots of all classes in a span of days',
  description:
    'The timetable of the studio: slots that are not canceled, ordered by start, from the first day up to and ' +
    'including the day `daysAhead` days later.',
  scopes,
  shed: 'BULK',
  query: Type.Object({
    daysAhead: int32('How many days follow the first one.', { default: 1, minimum: 1, maximum: 14 }),
    slotWindowStartDate: Type.Optional(date('First day, in the zone of the studio; today when left out.')),
    ...sliceQuery(50, 10, 100).properties,
    ...slotStateQuery,
  }),
  response: ClassSlotSlicedResult,
})

export const getClassSlots = operation({
  operationId: 'getClassSlots',
  method: 'GET',
  path: '/v1/classes/{classId}/slots',
  tag,
  summary: 'List the slots of one class',
  description: 'Slots from yesterday until 14 days ahead (days of the studio) that are not canceled, ordered by start.',
  scopes,
  shed: 'BULK',
  params: Type.Object({ classId }),
  query: Type.Object({ ...sliceQuery(50, 10, 100).properties, ...slotStateQuery }),
  response: ClassSlotSlicedResult,
})

export const getClassSlotById = operation({
  operationId: 'getClassSlotById',
  method: 'GET',
  path: '/v1/classes/{classId}/slots/{classSlotId}',
  tag,
  summary: 'Read one class slot',
  description: 'A slot of any day. Canceled slots, and slots of another class, are answered with 404.',
  scopes,
  params: Type.Object({ classId, classSlotId: pathId('classSlot', 'A slot of this class.') }),
  query: Type.Object(slotStateQuery),
  response: ClassSlot,
})

export const validateClassSlot = operation({
  operationId: 'validateClassSlot',
  method: 'POST',
  path: '/v1/classes/booking/validate',
  tag,
  summary: 'Ask whether a customer could book a slot',
  description: 'Answers what a booking would meet at this moment. Nothing is reserved.',
  scopes,
  wish: bookingDetails,
  body: ClassSlotBookingRequest,
  response: ClassSlotBookingValidationResult,
  errors: { 404: ['errormessage.classSlot.notFound', 'errormessage.customer.notFound'] },
})

export const bookClassSlot = operation({
  operationId: 'bookClassSlot',
  method: 'POST',
  path: '/v1/classes/booking/book',
  tag,
  summary: 'Book a class slot',
  description:
    'Takes a free seat, or a position in the queue when the slot is full and has a waiting list; `bookingStatus` says ' +
    'which. A refusal is answered with 400 and an `errorCode` that names the same reason as the validation.',
  scopes: ['CLASSES_WRITE'],
  emits: ['CLASS_BOOKING_CREATED', 'DEBT_CLAIM_POSTED'],
  shed: 'CRITICAL',
  wish: bookingDetails,
  body: ClassSlotBookingRequest,
  response: ClassSlotBookingResult,
  errors: { 400: classRefusals, 404: ['errormessage.classSlot.notFound', 'errormessage.customer.notFound'] },
})

export const getClassBookingById = operation({
  operationId: 'getClassBookingById',
  method: 'GET',
  path: '/v1/classes/booking/{bookingId}',
  tag,
  summary: 'Read one class booking',
  description: 'A booking of any age and status. Bookings of appointments are answered with 404.',
  scopes,
  params: bookingParams,
  response: ClassSlotBookingResult,
})

export const cancelClassSlotById = operation({
  operationId: 'cancelClassSlotById',
  method: 'DELETE',
  path: '/v1/classes/booking/{bookingId}',
  tag,
  summary: 'Cancel a class booking',
  description:
    'Frees the seat, which then goes to the first customer of the waiting list who can take it. Repeating the call ' +
    'changes nothing. After the start, or after the deadline of a class that does not allow late cancelation, the ' +
    'answer is 400.',
  scopes: ['CLASSES_WRITE'],
  emits: ['CLASS_BOOKING_CANCELLED', 'CLASS_BOOKING_UPDATED', 'DEBT_CLAIM_POSTED'],
  shed: 'CRITICAL',
  params: bookingParams,
  errors: { 400: lateCancelationCodes },
})

export const getClassBookingsByCustomerId = operation({
  operationId: 'getClassBookingsByCustomerId',
  method: 'GET',
  path: '/v1/classes/booking',
  tag,
  summary: "List a customer's class bookings",
  description:
    'Bookings in this studio whose slot lies between 14 days ago and 14 days ahead, ordered by start, canceled ones ' +
    'included. With `from`, `to` or both: those that start on these days. With both, `customerId` may be left out: then ' +
    'the bookings of all customers are listed, `limit` at a time; as many as that mean that there may be more.',
  scopes,
  query: bookingListQuery,
  response: list(ClassSlotBookingResult, 'The bookings; empty when there are none.'),
  errors: { 400: bookingListCodes, 404: ['errormessage.customer.notFound'] },
})
