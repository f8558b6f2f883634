import { countDays, earlierDate, isAfter, laterDate } from '../platform/time/order.ts'

/** Local dates, both inclusive. */
export interface HistoryDates {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

export type HistoryVerdict =
  | ({ readonly kind: 'DATES' } & HistoryDates)
  | ({ readonly kind: 'ORDER' } & HistoryDates)
  | { readonly kind: 'TOO_LONG'; readonly days: number }

const LONGEST_DAYS = 365

/** Which days a history shows: the last month unless days are given, and a year at most. */
export function judgeHistory(
  given: { readonly from: Temporal.PlainDate | undefined; readonly to: Temporal.PlainDate | undefined },
  today: Temporal.PlainDate,
): HistoryVerdict {
  const to = given.to ?? lastDayAfter(given.from, today)
  const from = given.from ?? to.subtract({ months: 1 })
  if (isAfter(from, to)) return { kind: 'ORDER', from, to }
  if (countDays(from, to) > LONGEST_DAYS) return { kind: 'TOO_LONG', days: LONGEST_DAYS }
  return { kind: 'DATES', from, to }
}

function lastDayAfter(from: Temporal.PlainDate | undefined, today: Temporal.PlainDate): Temporal.PlainDate {
  return from === undefined ? today : laterDate(from, earlierDate(today, from.add({ days: LONGEST_DAYS })))
}
