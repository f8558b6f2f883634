import { laterDate } from '../../platform/time/order.ts'

/** Easter Sunday of a year, by the calendar of the western churches. */
export function easterSunday(year: number): Temporal.PlainDate {
  const century = Math.floor(year / 100)
  const golden = year % 19
  const skipped = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25)
  const epact = (19 * golden + skipped + 15) % 30
  const moon = epact - Math.floor(epact / 28) * (1 - Math.floor(29 / (epact + 1)) * Math.floor((21 - golden) / 11))
  const weekday = (year + Math.floor(year / 4) + moon + 2 - century + Math.floor(century / 4)) % 7
  return Temporal.PlainDate.from({ year, month: 3, day: 28 }).add({ days: moon - weekday })
}

const closedDays: ReadonlySet<string> = new Set(['1-1', '5-1', '12-25', '12-26'])

/** Whether banks settle on this day: no weekend, none of the six holidays on which TARGET is closed. */
export function isBankingDay(day: Temporal.PlainDate): boolean {
  if (day.dayOfWeek >= 6 || closedDays.has(`${day.month}-${day.day}`)) return false
  const easter = easterSunday(day.year)
  return !day.equals(easter.subtract({ days: 2 })) && !day.equals(easter.add({ days: 1 }))
}

/** The day itself, or the first banking day behind it. */
export function onBankingDay(day: Temporal.PlainDate): Temporal.PlainDate {
  return isBankingDay(day) ? day : onBankingDay(day.add({ days: 1 }))
}

/** When a run is to collect; local dates of the studio. */
export interface CollectionWish {
  /** Before it nothing is collected. */
  readonly targetDate: Temporal.PlainDate
  /** The day on which the run is made. */
  readonly madeOn: Temporal.PlainDate
  /** Calendar days in which payers can be notified beforehand. */
  readonly preNotificationDays: number
}

const latest = (...days: readonly Temporal.PlainDate[]) => days.reduce((a, b) => laterDate(a, b))

/**
 * The day on which banks debit: a banking day behind the one on which the run is made, not before its target date, and
 * late enough for payers to be notified.
 */
export function planBankCollection({ targetDate, madeOn, preNotificationDays }: CollectionWish): Temporal.PlainDate {
  const nextDay = onBankingDay(madeOn.add({ days: 1 }))
  return onBankingDay(latest(targetDate, nextDay, madeOn.add({ days: preNotificationDays })))
}

/** Cards are charged on any day. */
export const planCardCollection = ({ targetDate, madeOn }: CollectionWish) => latest(targetDate, madeOn)

/** Whether runs are drafted on a day, by days of the month; 31 stands for the last day of each month. */
export const isRunDay = (runDays: readonly number[], day: Temporal.PlainDate): boolean =>
  runDays.some((each) => Math.min(each, day.daysInMonth) === day.day)
