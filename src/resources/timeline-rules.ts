import { intervalsWithout, mergeIntervals, type WeeklyRow, weeklyIntervals } from '../studios/opening-rules.ts'
import { always, type DateRange, type Interval } from '../platform/time/calendar.ts'
import { isAfter } from '../platform/time/order.ts'

/** An occupied block. `heldUntil` is the confirmation deadline when only pending bookings hold it; null = firm. */
export interface Allocation extends Interval {
  readonly heldUntil: Temporal.Instant | null
}

/** An instructor, room or device. `instructorId` is the employee's id and set for instructors only. */
export interface ResourceFacts {
  readonly resourceId: number
  readonly instructorId: number | null
  readonly isActive: boolean
  /** How many blocks it serves at once. */
  readonly capacity: number
  /** Shift pattern; none = at any time. */
  readonly availabilities: readonly WeeklyRow[]
  readonly absences: readonly { readonly from: Temporal.Instant; readonly until: Temporal.Instant | null }[]
  readonly allocations: readonly Allocation[]
}

/** A resource laid out over a window in epoch milliseconds, so that many blocks can be asked quickly. */
export interface ResourceTimeline {
  readonly resourceId: number
  readonly instructorId: number | null
  /** When it can serve one block more, sorted, without overlap or touch. */
  readonly free: readonly Interval[]
  /** Sorted by their begin. */
  readonly allocations: readonly Interval[]
  /** How long the longest allocation is, so that what is near a day can be looked up. */
  readonly longestMs: number
}

/** The timeline of a resource for blocks that lie within the dates; what pending bookings held too long is left out. */
export function planTimeline(
  resource: ResourceFacts,
  window: { readonly dates: DateRange; readonly zone: string },
  now: Temporal.Instant,
): ResourceTimeline {
  const { resourceId, instructorId } = resource
  const held = resource.allocations.filter(({ heldUntil }) => heldUntil === null || !isAfter(now, heldUntil))
  const allocations = held.toSorted((a, b) => a.from - b.from)
  return {
    resourceId,
    instructorId,
    free: freeIntervals(resource, allocations, window),
    allocations,
    longestMs: allocations.reduce((longest, { from, until }) => Math.max(longest, until - from), 0),
  }
}

/** On shift, not absent, and with capacity left; never when it is not active. */
function freeIntervals(
  { isActive, capacity, availabilities, absences }: ResourceFacts,
  allocations: readonly Interval[],
  { dates, zone }: { readonly dates: DateRange; readonly zone: string },
): readonly Interval[] {
  if (!isActive || capacity < 1) return []
  const shifts = availabilities.length === 0 ? always : weeklyIntervals(availabilities, dates, zone)
  const absent = absences.map(({ from, until }) => ({
    from: from.epochMilliseconds,
    until: until?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
  }))
  return intervalsWithout(shifts, mergeIntervals([...absent, ...fullIntervals(allocations, capacity)]))
}

/**
 * When as many allocations (sorted by their begin) run at the same time as the resource can serve. From the begin of the
 * n-th one on it is full until no more than `n - capacity` have ended; touching ones do not run together.
 */
function fullIntervals(allocations: readonly Interval[], capacity: number): Interval[] {
  const ends = allocations.map(({ until }) => until).toSorted((a, b) => a - b)
  return allocations.slice(capacity - 1).map(({ from }, k) => ({ from, until: ends[k] ?? from }))
}

/** The allocations that share time with the block; they are sorted by their begin. */
function overlapping(allocations: readonly Interval[], block: Interval): Interval[] {
  const inside: Interval[] = []
  for (const one of allocations) {
    if (one.from >= block.until) break
    if (block.from < one.until) inside.push(one)
  }
  return inside
}

/**
 * The largest number of allocations (sorted by their begin) that run at the same time somewhere inside the block. The
 * maximum is reached where the block or one of the allocations begins; touching ones do not run together.
 */
export function maxSimultaneous(allocations: readonly Interval[], block: Interval): number {
  const inside = overlapping(allocations, block)
  let max = 0
  for (const { from } of inside) {
    const at = Math.max(from, block.from)
    let running = 0
    for (const one of inside) if (one.from <= at && at < one.until) running += 1
    max = Math.max(max, running)
  }
  return max
}

/** Index of the first interval (sorted by their begin) that begins at or after the moment. */
function firstFrom(sorted: readonly Interval[], moment: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.from ?? moment) < moment) low = middle + 1
    else high = middle
  }
  return low
}

type Taken = Pick<ResourceTimeline, 'allocations' | 'longestMs'>

/** What may share time with the span. */
function near({ allocations, longestMs }: Taken, { from, until }: Interval): readonly Interval[] {
  return allocations.slice(firstFrom(allocations, from - longestMs), firstFrom(allocations, until))
}

/** Resource test of one resource: active, on shift for the whole block, not absent, with capacity left throughout. */
export function isFree({ free }: ResourceTimeline, { from, until }: Interval): boolean {
  const last = free[firstFrom(free, from + 1) - 1]
  return last !== undefined && until <= last.until
}

/** How long the resource is allocated within the day, in milliseconds; blocks at the same time count each. */
export function allocatedMs(taken: Taken, day: Interval): number {
  let sum = 0
  for (const { from, until } of near(taken, day))
    sum += Math.max(0, Math.min(until, day.until) - Math.max(from, day.from))
  return sum
}
