import type { MakeCall } from './calls.ts'

/** One call per operation on calendar feeds. */
export const calendarFeedCalls: Readonly<Record<string, MakeCall>> = {
  createClassCalendarFeed: ({ classId }) => ({ params: { classId } }),
  createInstructorCalendarFeed: ({ employeeId }) => ({ params: { employeeId } }),
  createBookingCalendarFeed: ({ classBookingId }) => ({ params: { bookingId: classBookingId } }),
  getCalendarFeeds: () => ({}),
  revokeCalendarFeed: ({ calendarFeedId }) => ({ params: { calendarFeedId } }),
}
