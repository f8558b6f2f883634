import { findMonday } from '../../platform/time/calendar.ts'
import { countDays, isAfter, isBefore, laterDate } from '../../platform/time/order.ts'
import { type ClassSeries, takesPlaceOn } from './series-rules.ts'

const DAYS_OF_WEEK = 7

/** Series are planned up to here: dates of later years are not accepted anywhere. */
const lastDateOfAll = Temporal.PlainDate.from('2199-12-31')

/** The Monday of the first week, not before that of the date, in which the series takes place. */
function firstWeek({ fromDate, everyNWeeks }: ClassSeries, date: Temporal.PlainDate): Temporal.PlainDate {
  const monday = findMonday(fromDate)
  const days = countDays(monday, findMonday(laterDate(fromDate, date)))
  const weeks = Math.ceil(days / DAYS_OF_WEEK / everyNWeeks) * everyNWeeks
  return monday.add({ weeks })
}

/** The dates of a series from a date on, in order, without end where the series has none. */
function* datesFrom(series: ClassSeries, date: Temporal.PlainDate): Generator<Temporal.PlainDate> {
  let week = firstWeek(series, date)
  while (!isAfter(week, series.toDate ?? lastDateOfAll) && !isAfter(week, lastDateOfAll)) {
    for (let day = 0; day < DAYS_OF_WEEK; day++) {
      const one = week.add({ days: day })
      if (!isBefore(one, date) && takesPlaceOn(series, one)) yield one
    }
    week = week.add({ weeks: series.everyNWeeks })
  }
}

/** The first date, not before the given one, on which a series takes place; undefined where there is none. */
export function firstDateFrom(series: ClassSeries, date: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const { value } = datesFrom(series, date).next()
  return value ?? undefined
}

/** The first date, not before the given one, on which both series begin at the same time. */
export function findSharedDate(
  one: ClassSeries,
  other: ClassSeries,
  date: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  if (!one.localTime.equals(other.localTime)) return undefined
  const from = laterDate(date, other.fromDate)
  // After as many of its weeks as the other one skips, what they share repeats.
  const most = weeksLater(firstWeek(one, from), one.everyNWeeks * other.everyNWeeks)
  for (const each of datesFrom(one, from)) {
    if (isAfter(each, most) || (other.toDate !== null && isAfter(each, other.toDate))) return undefined
    if (takesPlaceOn(other, each)) return each
  }
  return undefined
}

function weeksLater(date: Temporal.PlainDate, weeks: number): Temporal.PlainDate {
  const most = date.until(lastDateOfAll, { largestUnit: 'weeks' }).weeks
  return date.add({ weeks: Math.min(weeks, most) }).add({ days: DAYS_OF_WEEK })
}

/**
 * The date from which a changed series takes over: the wanted one, or where that lies in a week that the series skips,
 * the Monday of its next week. So every second week stays the same second week.
 */
export function takeOverDate(series: ClassSeries, wanted: Temporal.PlainDate): Temporal.PlainDate {
  return laterDate(wanted, firstWeek(series, wanted))
}
