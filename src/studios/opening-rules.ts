import { instantAt } from '../platform/time/zoned-time.ts'
import { always, type DateRange, type Interval } from '../platform/time/calendar.ts'
import { isAfter, isBefore } from '../platform/time/order.ts'

/**
 * Weekly wall-clock times: each day of `dayFrom..dayTo` (ISO weekdays, 1 = Monday; the range may run over Sunday)
 * has the times. `timeTo` not after `timeFrom` ends on the following day, so equal times are 24 hours and 00:00 is
 * the end of the day. `validFrom` and `validTo` (both inclusive) bound the date on which the row begins.
 */
export interface WeeklyRow {
  readonly dayFrom: number
  readonly dayTo: number
  readonly timeFrom: Temporal.PlainTime
  readonly timeTo: Temporal.PlainTime
  readonly validFrom?: Temporal.PlainDate | null
  readonly validTo?: Temporal.PlainDate | null
}

/** Local wall-clock period in which the studio is closed, half-open. */
export interface ClosingPeriod {
  readonly from: Temporal.PlainDateTime
  readonly until: Temporal.PlainDateTime
}

function appliesOn(row: WeeklyRow, date: Temporal.PlainDate): boolean {
  if (row.validFrom && isBefore(date, row.validFrom)) return false
  if (row.validTo && isAfter(date, row.validTo)) return false
  return (date.dayOfWeek - row.dayFrom + 7) % 7 <= (row.dayTo - row.dayFrom + 7) % 7
}

function intervalOn(row: WeeklyRow, date: Temporal.PlainDate, zone: string): Interval {
  const endsNextDay = !isAfter(row.timeTo, row.timeFrom)
  const endDate = endsNextDay ? date.add({ days: 1 }) : date
  return {
    from: instantAt(date, row.timeFrom, zone).epochMilliseconds,
    until: instantAt(endDate, row.timeTo, zone).epochMilliseconds,
  }
}

/** Sorted intervals without overlap; touching ones become one, empty ones vanish. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter((one) => one.from < one.until).toSorted((a, b) => a.from - b.from)
  const merged: Interval[] = []
  for (const one of sorted) {
    const last = merged.at(-1)
    if (last === undefined || last.until < one.from) merged.push(one)
    else if (last.until < one.until) merged[merged.length - 1] = { from: last.from, until: one.until }
  }
  return merged
}

/** What is left of merged intervals outside the holes, which are merged as well. */
export function intervalsWithout(intervals: readonly Interval[], holes: readonly Interval[]): Interval[] {
  const left: Interval[] = []
  let k = 0
  for (const { from, until } of intervals) {
    let begin = from
    for (let hole = holes[k]; hole !== undefined && hole.from < until; hole = holes[++k]) {
      if (begin < hole.from) left.push({ from: begin, until: hole.from })
      begin = Math.max(begin, hole.until)
      // It may reach into the next interval.
      if (hole.until > until) break
    }
    if (begin < until) left.push({ from: begin, until })
  }
  return left
}

/**
 * Merged intervals of the weekly rows that touch the dates. Rows of the day before the first date are included,
 * because they may run over midnight.
 */
export function weeklyIntervals(rows: readonly WeeklyRow[], dates: DateRange, zone: string): Interval[] {
  const intervals: Interval[] = []
  let date = dates.fromDate.subtract({ days: 1 })
  while (!isAfter(date, dates.untilDate)) {
    for (const row of rows) if (appliesOn(row, date)) intervals.push(intervalOn(row, date, zone))
    date = date.add({ days: 1 })
  }
  return mergeIntervals(intervals)
}

/** Closing periods as epoch milliseconds. */
export function closingIntervals(closings: readonly ClosingPeriod[], zone: string): Interval[] {
  return closings.map(({ from, until }) => ({
    from: instantAt(from.toPlainDate(), from.toPlainTime(), zone).epochMilliseconds,
    until: instantAt(until.toPlainDate(), until.toPlainTime(), zone).epochMilliseconds,
  }))
}

/** When the studio is open on the dates: opening hours minus closing periods; a studio without rows is always open. */
export function openIntervals(
  hours: { readonly openingRows: readonly WeeklyRow[]; readonly closings: readonly ClosingPeriod[] },
  dates: DateRange,
  zone: string,
): Interval[] {
  const open = hours.openingRows.length === 0 ? always : weeklyIntervals(hours.openingRows, dates, zone)
  return intervalsWithout(open, mergeIntervals(closingIntervals(hours.closings, zone)))
}

/** Whether `[from, until)` lies inside one of the merged intervals. */
export function isOpen(intervals: readonly Interval[], from: number, until: number): boolean {
  return intervals.some((one) => one.from <= from && until <= one.until)
}

/** Whether `[from, until)` touches one of the closing periods; an event of no length counts at its start. */
export function isClosed(closings: readonly Interval[], from: number, until: number): boolean {
  return closings.some((one) => one.from < Math.max(until, from + 1) && from < one.until)
}
