import { countDays } from './order.ts'
import { startOfDay } from './zoned-time.ts'

/** A local date as the moments from its first to its last, half-open; 23 or 25 hours long when the clocks change. */
export function dayInterval(date: Temporal.PlainDate, zone: string): Interval {
  const from = startOfDay(date, zone).epochMilliseconds
  return { from, until: startOfDay(date.add({ days: 1 }), zone).epochMilliseconds }
}

/** The Monday of the date's ISO week. */
export function findMonday(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.subtract({ days: date.dayOfWeek - 1 })
}

/** The dates of a range, in order. */
export function datesIn({ fromDate, untilDate }: DateRange): Temporal.PlainDate[] {
  const days = Math.max(-1, countDays(fromDate, untilDate))
  return Array.from({ length: days + 1 }, (_, k) => fromDate.add({ days: k }))
}

/** A stretch of time in epoch milliseconds, half-open: `until` is outside. */
export interface Interval {
  readonly from: number
  readonly until: number
}

/** Merged intervals that leave nothing out. */
export const always: readonly Interval[] = [{ from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }]

/** The local dates that a question is about, both inclusive. */
export interface DateRange {
  readonly fromDate: Temporal.PlainDate
  readonly untilDate: Temporal.PlainDate
}
