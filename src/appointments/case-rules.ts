import { type Pools, preparePools } from './free-times/assignment-rules.ts'
import { isOnGrid } from './free-times/grid-rules.ts'
import { type DateRange, dayInterval, type Interval } from '../platform/time/calendar.ts'
import { type MainTime, readMainTime } from '../bookings/rules/main-time-rules.ts'
import { planTimeline } from '../resources/timeline-rules.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import { openIntervals } from '../studios/opening-rules.ts'
import type { AppointmentFacts, AppointmentRequest, BookableFacts, GroupAppointment } from './appointment-facts.ts'

/** The facts laid out over a window, so that every start in it can be asked without expanding rows again. */
export interface PreparedFacts extends AppointmentFacts {
  readonly open: readonly Interval[]
  readonly pools: Pools
  readonly groups: ReadonlyMap<number, readonly GroupAppointment[]>
}

/** A local date and its moments. */
export interface Day extends Interval {
  readonly date: Temporal.PlainDate
}

/** One wish at one moment. The main time always has the bookable's length; `requestedEnd` may differ. */
export interface AppointmentCase {
  readonly facts: PreparedFacts
  readonly main: MainTime
  readonly requestedEnd: Temporal.Instant
  readonly block: Interval
  /** The service date. */
  readonly day: Day
  readonly instructorIds: readonly number[]
  /** Whether an appointment may start then by the bookable's raster. */
  readonly isOnGrid: boolean
  readonly now: Temporal.Instant
}

const minuteMs = 60_000

type Lengths = Pick<BookableFacts, 'prepMin' | 'durationMin' | 'followUpMin'>

/** What the appointment occupies: the main time with its buffers. */
export function blockedInterval(startMs: number, { prepMin, durationMin, followUpMin }: Lengths): Interval {
  return { from: startMs - prepMin * minuteMs, until: startMs + (durationMin + followUpMin) * minuteMs }
}

/** The block as it is stored. */
export function blockMoments(start: Temporal.Instant, { prepMin, durationMin, followUpMin }: Lengths) {
  return { from: start.subtract({ minutes: prepMin }), until: start.add({ minutes: durationMin + followUpMin }) }
}

/** The local dates that blocks of starts within `[from, until]` touch. */
function datesOfBlocks(starts: Interval, bookable: BookableFacts, zone: string): DateRange {
  const date = (ms: number) => dateIn(Temporal.Instant.fromEpochMilliseconds(ms), zone)
  return {
    fromDate: date(blockedInterval(starts.from, bookable).from),
    untilDate: date(blockedInterval(starts.until, bookable).until),
  }
}

function groupsByStart(facts: AppointmentFacts): ReadonlyMap<number, readonly GroupAppointment[]> {
  if (facts.bookable.maxParticipants <= 1) return new Map()
  const ordered = facts.appointments.toSorted((a, b) => a.appointmentId - b.appointmentId)
  return Map.groupBy(ordered, (one) => one.start.epochMilliseconds)
}

/** Prepares the facts for starts from `starts.from` through `starts.until`, in epoch milliseconds. */
export function prepareFacts(facts: AppointmentFacts, starts: Interval, now: Temporal.Instant): PreparedFacts {
  const { zone } = facts.studio
  const dates = datesOfBlocks(starts, facts.bookable, zone)
  const timelines = facts.resources.map((resource) => planTimeline(resource, { dates, zone }, now))
  return {
    ...facts,
    open: openIntervals(facts.studio, dates, zone),
    pools: preparePools(facts.requirements, new Map(timelines.map((one) => [one.resourceId, one]))),
    groups: groupsByStart(facts),
  }
}

export function toDay(date: Temporal.PlainDate, zone: string): Day {
  return { date, ...dayInterval(date, zone) }
}

/** The case of a grid start within prepared facts. */
export function caseOfStart(facts: PreparedFacts, startMs: number, day: Day, now: Temporal.Instant): AppointmentCase {
  const start = Temporal.Instant.fromEpochMilliseconds(startMs)
  const end = Temporal.Instant.fromEpochMilliseconds(startMs + facts.bookable.durationMin * minuteMs)
  const { zone } = facts.studio
  const isWithinDay = startMs + facts.bookable.durationMin * minuteMs <= day.until
  const main = isWithinDay
    ? { start, end, zone, serviceDate: day.date, lastDate: day.date }
    : readMainTime(start, end, zone)
  const block = blockedInterval(startMs, facts.bookable)
  return { facts, main, requestedEnd: end, block, day, instructorIds: [], isOnGrid: true, now }
}

/** The case of a single request. */
export function caseOfRequest(
  facts: AppointmentFacts,
  request: AppointmentRequest,
  now: Temporal.Instant,
): AppointmentCase {
  const { zone } = facts.studio
  const { start, end: requestedEnd, instructorIds } = request
  const startMs = start.epochMilliseconds
  const prepared = prepareFacts(facts, { from: startMs, until: startMs }, now)
  const main = readMainTime(start, start.add({ minutes: facts.bookable.durationMin }), zone)
  const block = blockedInterval(startMs, facts.bookable)
  const day = toDay(main.serviceDate, zone)
  const onGrid = isOnGrid(start, facts.bookable, zone)
  return { facts: prepared, main, requestedEnd, block, day, instructorIds, isOnGrid: onGrid, now }
}
