import { instantAt } from '../../platform/time/zoned-time.ts'
import { type DateRange, datesIn, findMonday } from '../../platform/time/calendar.ts'
import { countDays, isAfter, isBefore } from '../../platform/time/order.ts'

/** A weekly plan on the wall clock. Every n weeks counts calendar weeks (Monday first) from the week of `fromDate`. */
export interface ClassSeries {
  /** ISO weekdays, 1 = Monday. */
  readonly weekdays: readonly number[]
  readonly localTime: Temporal.PlainTime
  /** Elapsed minutes. */
  readonly durationMin: number
  readonly everyNWeeks: number
  readonly fromDate: Temporal.PlainDate
  /** Last date, inclusive; null = no end. */
  readonly toDate: Temporal.PlainDate | null
}

export interface Occurrence {
  readonly date: Temporal.PlainDate
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
}

/** Whether a series has an occurrence on the date. */
export function takesPlaceOn(series: ClassSeries, date: Temporal.PlainDate): boolean {
  if (!series.weekdays.includes(date.dayOfWeek)) return false
  if (isBefore(date, series.fromDate)) return false
  if (series.toDate !== null && isAfter(date, series.toDate)) return false
  return (countDays(findMonday(series.fromDate), findMonday(date)) / 7) % series.everyNWeeks === 0
}

/**
 * The occurrences of a series on the dates, in order. Each starts at the local time of its date whatever the offset;
 * inside the spring gap it moves forward by the gap, in an ambiguous hour it takes the first pass.
 */
export function seriesOccurrences(series: ClassSeries, dates: DateRange, zone: string): Occurrence[] {
  return datesIn(dates)
    .filter((date) => takesPlaceOn(series, date))
    .map((date) => {
      const start = instantAt(date, series.localTime, zone)
      return { date, start, end: start.add({ minutes: series.durationMin }) }
    })
}

/** A slot that a series has brought about. Detached ones were edited by themselves and are left alone. */
export interface SeriesSlot {
  readonly classSlotId: number
  readonly occurrenceDate: Temporal.PlainDate
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly status: 'PLANNED' | 'CANCELED'
  readonly isDetached: boolean
  /** Has active bookings, waiting ones included. */
  readonly hasBookings: boolean
}

/** What re-planning a series does with its slots. `keep` stay at their time but take the series' other attributes. */
export interface SeriesPlan {
  readonly create: readonly Occurrence[]
  readonly move: readonly { readonly classSlotId: number; readonly occurrence: Occurrence }[]
  readonly keep: readonly number[]
  readonly cancel: readonly number[]
  readonly delete: readonly number[]
}

function isAhead(at: Temporal.Instant, now: Temporal.Instant): boolean {
  return isAfter(at, now)
}

/** Future slots that follow their series: neither edited by themselves nor canceled by staff. */
function followsSeries(slot: SeriesSlot, now: Temporal.Instant): boolean {
  return slot.status === 'PLANNED' && !slot.isDetached && isAhead(slot.start, now)
}

/**
 * Brings the slots of a series in line with the wanted occurrences of the same dates. A date has one slot, so that
 * planning again changes nothing and a canceled or detached slot is not doubled. Nothing is created in or moved
 * into the past. What falls away is canceled if booked, else deleted.
 */
export function planSeriesSlots(
  slots: readonly SeriesSlot[],
  wanted: readonly Occurrence[],
  now: Temporal.Instant,
): SeriesPlan {
  const wantedOn = new Map(wanted.map((occurrence) => [occurrence.date.toString(), occurrence]))
  const taken = new Set(slots.map((slot) => slot.occurrenceDate.toString()))
  const following = slots.filter((slot) => followsSeries(slot, now))
  const pairs = following.map((slot) => ({ slot, occurrence: wantedOn.get(slot.occurrenceDate.toString()) }))
  const fallen = pairs.filter(({ occurrence }) => occurrence === undefined).map(({ slot }) => slot)
  const staying = pairs.flatMap(({ slot, occurrence }) => (occurrence === undefined ? [] : [{ slot, occurrence }]))
  const moves = ({ slot, occurrence }: (typeof staying)[number]) =>
    isAhead(occurrence.start, now) && !(slot.start.equals(occurrence.start) && slot.end.equals(occurrence.end))
  return {
    create: wanted.filter(({ date, start }) => isAhead(start, now) && !taken.has(date.toString())),
    move: staying.filter(moves).map(({ slot, occurrence }) => ({ classSlotId: slot.classSlotId, occurrence })),
    keep: staying.filter((pair) => !moves(pair)).map(({ slot }) => slot.classSlotId),
    cancel: fallen.filter((slot) => slot.hasBookings).map((slot) => slot.classSlotId),
    delete: fallen.filter((slot) => !slot.hasBookings).map((slot) => slot.classSlotId),
  }
}
