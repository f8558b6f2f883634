import { isAfter } from '../../platform/time/order.ts'
import { addTerm, dateIn, instantAt, lastMillisecond, startOfDay } from '../../platform/time/zoned-time.ts'

/** A span before (or after) a start. MINUTES and HOURS are elapsed time, everything longer is counted on the calendar. */
export interface Term {
  readonly value: number
  readonly unit: 'MINUTES' | 'HOURS' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR'
}

function move(at: Temporal.Instant, n: number, unit: Term['unit'], zone: string): Temporal.Instant {
  if (n === 0) return at
  if (unit === 'MINUTES') return at.add({ minutes: n })
  if (unit === 'HOURS') return at.add({ hours: n })
  const local = at.toZonedDateTimeISO(zone)
  return instantAt(addTerm(local.toPlainDate(), n, unit), local.toPlainTime(), zone)
}

/** Earliest moment of booking (inclusive): terms of days or longer open at the first moment of that local date. */
export function opensAt(start: Temporal.Instant, term: Term, zone: string): Temporal.Instant {
  if (term.unit === 'MINUTES' || term.unit === 'HOURS') return move(start, -term.value, term.unit, zone)
  return startOfDay(addTerm(dateIn(start, zone), -term.value, term.unit), zone)
}

/**
 * Latest moment of booking (inclusive), never after the start: terms of days or longer close with the last
 * millisecond of that local date, in the second pass where its last hour repeats. Without a term it is the start.
 */
export function closesAt(start: Temporal.Instant, term: Term | null, zone: string): Temporal.Instant {
  if (term === null) return start
  if (term.unit === 'MINUTES' || term.unit === 'HOURS') return earlier(start, move(start, -term.value, term.unit, zone))
  const date = addTerm(dateIn(start, zone), -term.value, term.unit)
  return earlier(start, lastMillisecond(date, zone))
}

/** Last moment (inclusive) to cancel, confirm or promote: terms of days or longer keep the wall-clock time of the start. */
export function deadlineAt(start: Temporal.Instant, term: Term, zone: string): Temporal.Instant {
  return move(start, -term.value, term.unit, zone)
}

/** The mirror image of `deadlineAt`: `term` after the start, by the same calendar rules. */
export function termAfter(start: Temporal.Instant, term: Term, zone: string): Temporal.Instant {
  return move(start, term.value, term.unit, zone)
}

/** The earlier of two moments. */
export function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return isAfter(a, b) ? b : a
}
