import { Type } from 'typebox'
import { breakableRules, staffTerm } from '../../bookings/index.ts'
import { dateTime, id, int32, list, choice, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

const tag = 'Classes'
const timetable = ['timetable.write'] as const
const bookings = ['bookings.write'] as const
const taken = { rules: ['RESOURCE'], permission: 'bookings.override' } as const
const anyRule = { rules: breakableRules, permission: 'bookings.override' } as const
const putUp = { flag: '--override', description: 'put up with a room or instructor that is taken' }
const whole = { minimum: 0 }

const slotParams = Type.Object({ classSlotId: id('The slot.') })
const bookingParams = Type.Object({ bookingId: id('A booking of a class slot.') })
const slotAnswer = Type.Object({ classSlotId: id('The slot.') })
const bookingAnswer = Type.Object({ bookingId: id('The booking.') })

const slotFields = {
  locationId: Type.Optional(id('resource id of the room')),
  instructorIds: Type.Optional(list(id('An employee.'), 'employee ids')),
  maxParticipants: Type.Optional(int32('seats', whole)),
  maxWaiting: Type.Optional(int32('positions on the waiting list', whole)),
  additionalParticipants: Type.Optional(int32('seats that people without a booking take', whole)),
}
const slotOptions = {
  durationMin: '--duration <minutes>',
  start: '--start <time>',
  end: '--end <time>',
  locationId: '--room <id>',
  instructorIds: '--instructors <ids>',
  maxParticipants: '--max <n>',
  maxWaiting: '--waiting <n>',
  additionalParticipants: '--additional <n>',
}

export const planClassSlot = staffOperation({
  operationId: 'adminPlanClassSlot',
  method: 'POST',
  path: '/admin/v1/classes/{classId}/slots',
  tag,
  summary: 'plan one slot; the start has its offset, as in 2026-06-15T18:30+02:00',
  permissions: timetable,
  overrides: taken,
  params: Type.Object({ classId: id('The class.') }),
  body: Type.Object({
    start: dateTime('with its offset'),
    durationMin: Type.Optional(int32('left out: that of the class', whole)),
    ...slotFields,
  }),
  answer: slotAnswer,
  cli: { name: 'slot plan', arguments: ['classId', 'start'], options: slotOptions, breaks: putUp },
})

export const changeClassSlot = staffOperation({
  operationId: 'adminChangeClassSlot',
  method: 'PATCH',
  path: '/admin/v1/class-slots/{classSlotId}',
  tag,
  summary: 'move a slot, or change room, instructors or capacity',
  permissions: timetable,
  overrides: taken,
  params: slotParams,
  body: Type.Object({
    start: Type.Optional(dateTime('with its offset')),
    end: Type.Optional(dateTime('with its offset')),
    ...slotFields,
    earliest: Type.Optional(staffTerm('bookable from this long before the start, whatever the class says')),
    latest: Type.Optional(staffTerm('bookable until this long before the start, whatever the class says')),
  }),
  answer: slotAnswer,
  cli: {
    name: 'slot change',
    options: { ...slotOptions, earliest: '--earliest <term>', latest: '--latest <term>' },
    breaks: putUp,
  },
})

export const cancelClassSlot = staffOperation({
  operationId: 'adminCancelClassSlot',
  method: 'POST',
  path: '/admin/v1/class-slots/{classSlotId}/cancel',
  tag,
  summary: 'cancel a slot with all its bookings',
  permissions: timetable,
  params: slotParams,
  answer: slotAnswer,
  cli: { name: 'slot cancel' },
})

export const bookClassSlotForCustomer = staffOperation({
  operationId: 'adminBookClassSlot',
  method: 'POST',
  path: '/admin/v1/class-slots/{classSlotId}/bookings',
  tag,
  summary: 'book a slot for a customer',
  permissions: bookings,
  overrides: anyRule,
  params: slotParams,
  body: Type.Object({ customerId: id('The customer.') }),
  answer: Type.Object({
    bookingId: id('The booking.'),
    status: text('Whether it is definite, pending or waiting.'),
    classSlotId: id('The slot.'),
    classId: id('Its class.'),
    customerId: id('The customer.'),
    waitingListPosition: Type.Optional(
      int32('Its position in the queue, the first one being 1; only of a waiting one.'),
    ),
  }),
  cli: { name: 'slot book', arguments: ['classSlotId', 'customerId'], breaks: { flag: '--force <list>' } },
})

export const promoteClassBooking = staffOperation({
  operationId: 'adminPromoteClassBooking',
  method: 'POST',
  path: '/admin/v1/class-bookings/{bookingId}/promote',
  tag,
  summary: 'give a waiting customer a seat out of turn',
  permissions: bookings,
  overrides: anyRule,
  params: bookingParams,
  answer: bookingAnswer,
  cli: { name: 'slot promote', breaks: { flag: '--force <list>' } },
})

export const setClassAttendance = staffOperation({
  operationId: 'adminSetClassAttendance',
  method: 'POST',
  path: '/admin/v1/class-bookings/{bookingId}/set-attendance',
  tag,
  summary: 'record whether a customer came: participating, not_participating or unset',
  permissions: bookings,
  params: bookingParams,
  body: Type.Object({ status: choice(['PARTICIPATING', 'NOT_PARTICIPATING', 'UNSET'], 'Whether the customer came.') }),
  answer: bookingAnswer,
  cli: { name: 'slot attendance', arguments: ['bookingId', 'status'] },
})

export const cancelClassBookingByStaff = staffOperation({
  operationId: 'adminCancelClassBooking',
  method: 'POST',
  path: '/admin/v1/class-bookings/{bookingId}/cancel',
  tag,
  summary: 'cancel a booking without keeping its use',
  permissions: bookings,
  params: bookingParams,
  answer: bookingAnswer,
  cli: { name: 'slot cancel-booking' },
})

export const confirmClassBookingByStaff = staffOperation({
  operationId: 'adminConfirmClassBooking',
  method: 'POST',
  path: '/admin/v1/class-bookings/{bookingId}/confirm',
  tag,
  summary: 'make a pending booking definite',
  permissions: bookings,
  params: bookingParams,
  answer: Type.Object({ bookingId: id('The booking.'), outcome: text('What became of it.') }),
  cli: { name: 'slot confirm' },
})

export const declineClassBooking = staffOperation({
  operationId: 'adminDeclineClassBooking',
  method: 'POST',
  path: '/admin/v1/class-bookings/{bookingId}/decline',
  tag,
  summary: 'refuse a pending booking',
  permissions: bookings,
  params: bookingParams,
  answer: bookingAnswer,
  cli: { name: 'slot decline' },
})
