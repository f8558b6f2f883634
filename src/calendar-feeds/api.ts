import { type Static, Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import { plainDateTime, id, named, choice, pathId, slicedResult, sliceQuery, text } from '../platform/api/schema.ts'

const feedFields = {
  id: id('The feed; by this it is revoked.', { examples: [1000000042] }),
  kind: choice(['CLASS', 'INSTRUCTOR', 'BOOKING'], 'What the calendar is of.', { examples: ['CLASS'] }),
  classId: Type.Optional(id('The class.', { examples: [1001] })),
  employeeId: Type.Optional(id('The instructor.', { examples: [101] })),
  bookingId: Type.Optional(id('The booking, of a class or of an appointment.', { examples: [2033] })),
  createdAt: plainDateTime('When the link was made.'),
}

const CalendarFeed = named('CalendarFeed', Type.Object(feedFields))
export type CalendarFeed = Static<typeof CalendarFeed>

const CreatedCalendarFeed = named(
  'CreatedCalendarFeed',
  Type.Object({
    ...feedFields,
    url: text('The secret address of the calendar. Store or hand on now: nothing shows it again.', {
      format: 'uri',
      examples: ['https://gym.example/feeds/mJ0bVv7yqkq1Zl3Jr0mS9yUxS3b1Jb0m0aB2cD4eF6g.ics'],
    }),
  }),
)

const about =
  'Calendar apps subscribe to the address; it needs no API key, and every person who has it may read the calendar (iCalendar, ' +
  'RFC 5545). Each call makes a new address. It works until it is revoked, and while the integration is active in the ' +
  'studio and may read what the calendar shows.'

const window = 'Dates from 30 days ago to 180 days ahead, canceled ones marked as such.'

export const createClassCalendarFeed = operation({
  operationId: 'createClassCalendarFeed',
  method: 'POST',
  path: '/ext/v1/classes/{classId}/calendar-feeds',
  tag: 'Palestra',
  summary: 'Make a calendar address of a class',
  description: `${window} ${about}`,
  scopes: ['CLASSES_READ'],
  params: Type.Object({ classId: pathId('class', 'The class.') }),
  response: CreatedCalendarFeed,
})

export const createInstructorCalendarFeed = operation({
  operationId: 'createInstructorCalendarFeed',
  method: 'POST',
  path: '/ext/v1/employees/{employeeId}/calendar-feeds',
  tag: 'Palestra',
  summary: 'Make a calendar address of an instructor',
  description:
    'The classes that the instructor gives in the studio, to integrations with `CLASSES_READ`, and when appointments ' +
    'take the instructor’s time, without a word about what and with whom, to those with `APPOINTMENTS_READ`. ' +
    `${window} ${about}`,
  scopes: ['CLASSES_READ', 'APPOINTMENTS_READ'],
  params: Type.Object({ employeeId: pathId('employee', 'The instructor.') }),
  response: CreatedCalendarFeed,
})

export const createBookingCalendarFeed = operation({
  operationId: 'createBookingCalendarFeed',
  method: 'POST',
  path: '/ext/v1/bookings/{bookingId}/calendar-feeds',
  tag: 'Palestra',
  summary: 'Make a calendar address of a booking',
  description:
    'One date, for the customer who booked it; a move or a cancelation reaches the customer’s calendar by itself. ' +
    'Bookings of classes need `CLASSES_READ`, those of appointments `APPOINTMENTS_READ`; others are unknown. ' +
    about,
  scopes: ['CLASSES_READ', 'APPOINTMENTS_READ'],
  params: Type.Object({ bookingId: pathId('booking', 'The booking, of a class or of an appointment.') }),
  response: CreatedCalendarFeed,
})

export const getCalendarFeeds = operation({
  operationId: 'getCalendarFeeds',
  shed: 'BULK',
  method: 'GET',
  path: '/ext/v1/calendar-feeds',
  tag: 'Palestra',
  summary: 'Calendar addresses that work',
  description: 'Those that the integration has made in the studio and not revoked, by id. The addresses are not shown.',
  scopes: ['CLASSES_READ', 'APPOINTMENTS_READ'],
  query: sliceQuery(50, 10, 100),
  response: slicedResult('CalendarFeedSlicedResult', CalendarFeed),
})

export const revokeCalendarFeed = operation({
  operationId: 'revokeCalendarFeed',
  method: 'DELETE',
  path: '/ext/v1/calendar-feeds/{calendarFeedId}',
  tag: 'Palestra',
  summary: 'Revoke a calendar address',
  description: 'The address is unknown from then on, also to calendars that have read it before.',
  scopes: ['CLASSES_READ', 'APPOINTMENTS_READ'],
  params: Type.Object({ calendarFeedId: pathId('calendarFeed', 'The feed.') }),
})
