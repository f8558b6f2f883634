import { dateIn } from '../platform/time/zoned-time.ts'

/** How far ahead offers are searched, on the calendar of the studio; the last moment and day are inclusive. */
export interface OfferHorizon {
  readonly now: Temporal.Instant
  readonly until: Temporal.Instant
  readonly today: Temporal.PlainDate
  readonly lastDay: Temporal.PlainDate
}

/** What has a date within one year from `now` is on offer. */
export function offerHorizon(now: Temporal.Instant, zone: string): OfferHorizon {
  const until = now.toZonedDateTimeISO(zone).add({ years: 1 })
  return { now, until: until.toInstant(), today: dateIn(now, zone), lastDay: until.toPlainDate() }
}
