import { isAfter } from '../../platform/time/order.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'

/** When something takes place, as the customer sees it: half-open, in the zone of the studio where it happens. */
export interface MainTime {
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly zone: string
  /** The local date of the start. */
  readonly serviceDate: Temporal.PlainDate
  /** The last local date touched; the moment of the end is no longer part of the main time. */
  readonly lastDate: Temporal.PlainDate
}

export function readMainTime(start: Temporal.Instant, end: Temporal.Instant, zone: string): MainTime {
  const serviceDate = dateIn(start, zone)
  const isEmpty = !isAfter(end, start)
  const lastDate = isEmpty ? serviceDate : dateIn(end.subtract({ nanoseconds: 1 }), zone)
  return { start, end, zone, serviceDate, lastDate }
}
