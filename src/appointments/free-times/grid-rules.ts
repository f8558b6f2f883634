import type { Interval } from '../../platform/time/calendar.ts'
import { offsetStretches } from '../../platform/time/zoned-time.ts'

/** The wall-clock raster on which an appointment may start: minute of the day mod `gridMin` = `gridOffsetMin`. */
export interface StartGrid {
  readonly gridMin: number
  readonly gridOffsetMin: number
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

function timeOfDay(localMs: number): number {
  return ((localMs % dayMs) + dayMs) % dayMs
}

/** All starts of a local day, in epoch milliseconds: both passes of an ambiguous hour, none inside a gap. */
export function gridStarts(day: Interval, grid: StartGrid, zone: string): number[] {
  const step = grid.gridMin * minuteMs
  return offsetStretches(day.from, day.until, zone).flatMap(({ from, until, offsetMs }) => {
    const ahead = (grid.gridOffsetMin * minuteMs - timeOfDay(from + offsetMs)) % step
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
