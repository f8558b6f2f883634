import { startOfDay } from '../platform/zoned-time.ts'
import type { DateRange, Interval } from '../studios/opening-rules.ts'

/** The wall-clock raster on which an appointment may start: minute of the day mod `gridMin` = `gridOffsetMin`. */
export interface StartGrid {
  readonly gridMin: number
  readonly gridOffsetMin: number
}

const minuteMs = 60_000

/** A stretch of a day without change of the offset. `localMs` is the local time of day at `from`. */
interface Stretch extends Interval {
  readonly localMs: number
}

/** A local date as the moments from its first to its last, half-open; 23 or 25 hours long when the clocks change. */
export function dayInterval(date: Temporal.PlainDate, zone: string): Interval {
  const from = startOfDay(date, zone).epochMilliseconds
  return { from, until: startOfDay(date.add({ days: 1 }), zone).epochMilliseconds }
}

/** The Monday of the date's ISO week. */
export function mondayOf(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.subtract({ days: date.dayOfWeek - 1 })
}

/** The dates of a range, in order. */
export function datesIn({ fromDate, untilDate }: DateRange): Temporal.PlainDate[] {
  const days = Math.max(-1, fromDate.until(untilDate, { largestUnit: 'days' }).days)
  return Array.from({ length: days + 1 }, (_, k) => fromDate.add({ days: k }))
}

function localTimeOfDay(at: Temporal.ZonedDateTime): number {
  return ((at.hour * 60 + at.minute) * 60 + at.second) * 1000 + at.millisecond
}

function stretchesOf(day: Interval, zone: string): Stretch[] {
  const stretches: Stretch[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(day.from).toZonedDateTimeISO(zone)
  while (at.epochMilliseconds < day.until) {
    const next = at.getTimeZoneTransition('next')
    const until = Math.min(next?.epochMilliseconds ?? day.until, day.until)
    stretches.push({ from: at.epochMilliseconds, until, localMs: localTimeOfDay(at) })
    if (next === null) break
    at = next
  }
  return stretches
}

/** All starts of a local day, in epoch milliseconds: both passes of an ambiguous hour, none inside a gap. */
export function gridStarts(day: Interval, grid: StartGrid, zone: string): number[] {
  const step = grid.gridMin * minuteMs
  return stretchesOf(day, zone).flatMap(({ from, until, localMs }) => {
    const ahead = (grid.gridOffsetMin * minuteMs - localMs) % step
    const first = from + (ahead < 0 ? ahead + step : ahead)
    const count = Math.max(0, Math.ceil((until - first) / step))
    return Array.from({ length: count }, (_, k) => first + k * step)
  })
}

/** Whether an appointment may start at this moment. */
export function isOnGrid(at: Temporal.Instant, { gridMin, gridOffsetMin }: StartGrid, zone: string): boolean {
  const local = at.toZonedDateTimeISO(zone)
  if (!local.round({ smallestUnit: 'minute', roundingMode: 'floor' }).toInstant().equals(at)) return false
  return (local.hour * 60 + local.minute) % gridMin === gridOffsetMin
}
