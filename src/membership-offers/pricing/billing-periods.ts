import { findMonday } from '../../platform/time/calendar.ts'
import { countDays, isBefore } from '../../platform/time/order.ts'
import type { CalendarUnit } from '../../platform/time/zoned-time.ts'
import type { DaySpan } from './day-spans.ts'
import { shiftDate, type Term, toShift } from './terms.ts'

/** One cell of the billing grid. A period costs at most one line. */
export interface BillingPeriod extends DaySpan {
  /** The days that one price, or a `divisor`-th part of it, is for. Of a short first period they are more than it has. */
  readonly pricedDays: number
  readonly divisor: number
}

/** The periods of a price that recurs every `step`, without end. Each is counted from the anchor, so none drifts. */
export function* listPeriods(
  anchor: Temporal.PlainDate,
  step: Term,
  calculation: 'REFERENCE_DATE' | 'NORMALIZATION_ON_CALENDAR_UNIT',
): Generator<BillingPeriod> {
  const unitStart = calculation === 'REFERENCE_DATE' ? anchor : findUnitStart(anchor, step.unit)
  let first = anchor
  if (isBefore(unitStart, anchor)) {
    first = shiftDate(unitStart, toShift({ value: 1, unit: step.unit }))
    yield { from: anchor, until: first, pricedDays: countDays(unitStart, first), divisor: step.value }
  }
  for (let i = 0; ; i++) {
    const from = shiftDate(first, toShift(step, i))
    const until = shiftDate(first, toShift(step, i + 1))
    yield { from, until, pricedDays: countDays(from, until), divisor: 1 }
  }
}

/** A grid that another begins in the middle of: its first period is the rest of the one that contains `start`. */
export function* joinPeriods(grid: Iterable<BillingPeriod>, start: Temporal.PlainDate): Generator<BillingPeriod> {
  for (const period of grid) {
    if (!isBefore(start, period.until)) continue
    yield isBefore(period.from, start) ? { ...period, from: start } : period
  }
}

/** First day of the calendar month, week, year or day that contains the date. */
export function findUnitStart(date: Temporal.PlainDate, unit: CalendarUnit): Temporal.PlainDate {
  switch (unit) {
    case 'DAY':
      return date
    case 'WEEK':
      return findMonday(date)
    case 'MONTH':
      return date.with({ day: 1 })
    case 'YEAR':
      return date.with({ month: 1, day: 1 })
  }
}
