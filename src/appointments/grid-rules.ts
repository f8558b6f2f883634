import type { Interval } from '../platform/time/calendar.ts'

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

function localTimeOfDay(at: Temporal.ZonedDateTime): number {
  return ((at.hour * 60 + at.minute) * 60 + at.second) * 1000 + at.millisecond
}

function splitAtClockChange(day: Interval, zone: string): Stretch[] {
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
  return splitAtClockChange(day, zone).flatMap(({ from, until, localMs }) => {
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
