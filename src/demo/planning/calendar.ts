/**
 * Days from today to the bookings and slots that show what validation answers. So far ahead, they stay true for
 * months, whether the machine's clock or the demo's own has moved on.
 */
export const farAhead = 280
