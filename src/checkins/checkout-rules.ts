import { isAfter } from '../platform/time/order.ts'
import { instantAt, startOfDay } from '../platform/time/zoned-time.ts'
import { type WeeklyRow, weeklyIntervals } from '../studios/opening-rules.ts'

/** When a studio ends visits by itself. */
export interface CheckoutRules {
  /** IANA name of the studio's zone. */
  readonly zone: string
  /** Elapsed minutes; null = off. */
  readonly afterMinutes: number | null
  readonly atClosing: boolean
  /** Null = off. */
  readonly dailyAt: Temporal.PlainTime | null
  /** Internal opening hours. */
  readonly openingRows: readonly WeeklyRow[]
}

/** A pattern of a week shows each of its gaps within the days after any moment. */
const DAYS_AHEAD = 8

/**
 * The earliest moment after the check-in at which one of the rules ends the visit; undefined when none applies. A later
 * check-in is never due earlier.
 */
export function planCheckout(rules: CheckoutRules, checkedInAt: Temporal.Instant): Temporal.Instant | undefined {
  const { afterMinutes, atClosing, dailyAt, zone } = rules
  const dues = [
    afterMinutes === null ? undefined : checkedInAt.add({ minutes: afterMinutes }),
    atClosing ? closingAfter(rules, checkedInAt) : undefined,
    dailyAt === null ? undefined : occurrenceAfter(dailyAt, checkedInAt, zone),
  ]
  return dues.filter((due) => due !== undefined).toSorted((a, b) => Temporal.Instant.compare(a, b))[0]
}

/** The first end of opening hours after the check-in; without hours, or open round the clock, there is none. */
function closingAfter(
  { openingRows, zone }: CheckoutRules,
  checkedInAt: Temporal.Instant,
): Temporal.Instant | undefined {
  if (openingRows.length === 0) return undefined
  const fromDate = checkedInAt.toZonedDateTimeISO(zone).toPlainDate()
  const untilDate = fromDate.add({ days: DAYS_AHEAD })
  const ends = weeklyIntervals(openingRows, { fromDate, untilDate }, zone).map(({ until }) => until)
  // What ends later only ends because the search ahead does.
  const latest = startOfDay(untilDate, zone).epochMilliseconds
  const end = ends.find((until) => until > checkedInAt.epochMilliseconds && until <= latest)
  return end === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(end)
}

/** The wall time of each day once: of an ambiguous one the earlier, of one in a gap the moment after it. */
function occurrenceAfter(time: Temporal.PlainTime, after: Temporal.Instant, zone: string): Temporal.Instant {
  let date = after.toZonedDateTimeISO(zone).toPlainDate()
  for (;;) {
    const due = instantAt(date, time, zone)
    if (isAfter(due, after)) return due
    date = date.add({ days: 1 })
  }
}
