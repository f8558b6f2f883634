import { dateIn } from '../../platform/time/zoned-time.ts'
import type { DateRange } from '../../platform/time/calendar.ts'
import { earlierDate, laterDate } from '../../platform/time/order.ts'
import type { BookingRule } from '../booking-facts.ts'
import { type Term, termAfter } from './term-rules.ts'

/** How many alternatives to a refused wish are named. */
export const mostAlternatives = 3

/** Nothing is planned further ahead, and nobody means it who asks for it. */
const furthest: Term = { value: 400, unit: 'DAY' }

/**
 * The local dates on which alternatives are searched: `days` to each side of the wish, or of today or the last date
 * whose booking has opened where those are nearer to what can be had.
 */
export function datesAround(
  wished: Temporal.Instant,
  days: number,
  { now, zone, rule }: { now: Temporal.Instant; zone: string; rule: Pick<BookingRule, 'earliestTerm'> },
): DateRange {
  const today = dateIn(now, zone)
  const ends = [furthest, rule.earliestTerm ?? furthest].map((term) => dateIn(termAfter(now, term, zone), zone))
  const middle = [dateIn(wished, zone), ...ends].reduce((a, b) => earlierDate(a, b))
  const from = middle.subtract({ days })
  return { fromDate: laterDate(from, today), untilDate: laterDate(middle, today).add({ days }) }
}

/** Sorts by the distance of the starts from the wish; of two equally near ones the earlier comes first. */
export function byDistance(wished: Temporal.Instant) {
  const distance = ({ start }: { readonly start: Temporal.Instant }) =>
    Math.abs(start.epochMilliseconds - wished.epochMilliseconds)
  return (a: { readonly start: Temporal.Instant }, b: { readonly start: Temporal.Instant }) =>
    distance(a) - distance(b) || Temporal.Instant.compare(a.start, b.start)
}
