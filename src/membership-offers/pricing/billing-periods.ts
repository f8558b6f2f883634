import { findMonday } from '../../platform/time/calendar.ts'
import { countDays, isBefore } from '../../platform/time/order.ts'
import type { CalendarUnit } from '../../platform/time/zoned-time.ts'
import type { DaySpan } from './day-spans.ts'
import { joinShifts, noShift, type Shift, shiftDate, type Term, toShift } from './terms.ts'

/** One cell of the billing grid. A period costs at most one line. */
export interface BillingPeriod extends DaySpan {
  /** The days that one price, or a `divisor`-th part of it, is for. Of a short first period they are more than it has. */
  readonly pricedDays: number
  readonly divisor: number
}

/** Where billing begins: `passed` after the start. What has passed is joined with the steps, and nothing is counted from its end. */
export interface BillingStart {
  readonly start: Temporal.PlainDate
  readonly passed: Shift
}

/** Billing that begins on a day. */
export const billedFrom = (start: Temporal.PlainDate): BillingStart => ({ start, passed: noShift })

/** The periods of a price that recurs every `step`, without end. Each is counted from the start, so none drifts. */
export function* listPeriods(
  begin: BillingStart,
  step: Term,
  calculation: 'REFERENCE_DATE' | 'NORMALIZATION_ON_CALENDAR_UNIT',
): Generator<BillingPeriod> {
  if (calculation === 'REFERENCE_DATE') return yield* listSteps(begin, step)
  const anchor = shiftDate(begin.start, begin.passed)
  const unitStart = findUnitStart(anchor, step.unit)
  if (!isBefore(unitStart, anchor)) return yield* listSteps(billedFrom(anchor), step)
  const first = shiftDate(unitStart, toShift({ value: 1, unit: step.unit }))
  yield { from: anchor, until: first, pricedDays: countDays(unitStart, first), divisor: step.value }
  yield* listSteps(billedFrom(first), step)
}

function* listSteps({ start, passed }: BillingStart, step: Term): Generator<BillingPeriod> {
  for (let i = 0; ; i++) {
    const from = shiftDate(start, joinShifts(passed, toShift(step, i)))
    const until = shiftDate(start, joinShifts(passed, toShift(step, i + 1)))
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
