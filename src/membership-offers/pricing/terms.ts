import type { CalendarUnit } from '../../platform/time/zoned-time.ts'

/** A length on the calendar, such as 12 MONTH. */
export interface Term {
  readonly value: number
  readonly unit: CalendarUnit
}

/**
 * How far a boundary lies from its anchor. Months are joined with months and days with days before either is added to
 * the anchor. So a period that starts on 31 January starts on 31 March again after 28 February, and the order in which
 * pauses and bonus periods are joined does not matter.
 */
export interface Shift {
  readonly months: number
  readonly days: number
}

export const noShift: Shift = { months: 0, days: 0 }

const monthsByUnit: Readonly<Record<CalendarUnit, number>> = { DAY: 0, WEEK: 0, MONTH: 1, YEAR: 12 }
const daysByUnit: Readonly<Record<CalendarUnit, number>> = { DAY: 1, WEEK: 7, MONTH: 0, YEAR: 0 }

/** The term `times` times over. */
export function toShift({ value, unit }: Term, times = 1): Shift {
  return { months: value * times * monthsByUnit[unit], days: value * times * daysByUnit[unit] }
}

export function joinShifts(...shifts: readonly Shift[]): Shift {
  return shifts.reduce((sum, { months, days }) => ({ months: sum.months + months, days: sum.days + days }), noShift)
}

/** The boundary itself: first the months, whose day is cut to the length of the month, then the days. */
export function shiftDate(anchor: Temporal.PlainDate, { months, days }: Shift): Temporal.PlainDate {
  return anchor.add({ months }).add({ days })
}

export function subtractTerm(date: Temporal.PlainDate, term: Term): Temporal.PlainDate {
  return shiftDate(date, toShift(term, -1))
}
