import { isOpen, type WeeklyRow, weeklyIntervals } from '../studios/opening-rules.ts'
import { type DateRange, type Interval } from '../platform/time/calendar.ts'
import { isAfter } from '../platform/time/order.ts'

/** An occupied block. `heldUntil` is the confirmation deadline when only pending bookings hold it; null = firm. */
export interface Allocation {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
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
  readonly isActive: boolean
  readonly capacity: number
  /** Null = without shift pattern. */
  readonly shifts: readonly Interval[] | null
  readonly absences: readonly Interval[]
  /** Sorted by their begin. */
  readonly allocations: readonly Interval[]
  /** How long the longest allocation is, so that what is near a block can be looked up. */
  readonly longestMs: number
}

/** The timeline of a resource for blocks that lie within the dates; what pending bookings held too long is left out. */
export function planTimeline(
  resource: ResourceFacts,
  window: { readonly dates: DateRange; readonly zone: string },
  now: Temporal.Instant,
): ResourceTimeline {
  const { resourceId, instructorId, isActive, capacity, availabilities } = resource
  const held = resource.allocations.filter(({ heldUntil }) => heldUntil === null || !isAfter(now, heldUntil))
  const allocations = held
    .map(({ from, until }) => ({ from: from.epochMilliseconds, until: until.epochMilliseconds }))
    .toSorted((a, b) => a.from - b.from)
  return {
    resourceId,
    instructorId,
    isActive,
    capacity,
    shifts: availabilities.length === 0 ? null : weeklyIntervals(availabilities, window.dates, window.zone),
    absences: resource.absences.map(({ from, until }) => ({
      from: from.epochMilliseconds,
      until: until?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    })),
    allocations,
    longestMs: allocations.reduce((longest, { from, until }) => Math.max(longest, until - from), 0),
  }
}

function overlaps(one: Interval, block: Interval): boolean {
  return one.from < block.until && block.from < one.until
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

/** What may share time with the span: a list of slots asks a busy week about hundreds of blocks. */
function near({ allocations, longestMs }: Taken, { from, until }: Interval): readonly Interval[] {
  return allocations.slice(firstFrom(allocations, from - longestMs), firstFrom(allocations, until))
}

/** Whether the block has room beside the allocations. Counting those that overlap mostly answers it. */
function hasCapacity(timeline: ResourceTimeline, block: Interval): boolean {
  const { allocations, longestMs, capacity } = timeline
  let overlapping = 0
  for (let k = firstFrom(allocations, block.from - longestMs); k < allocations.length; k++) {
    const one = allocations[k]
    if (one === undefined || one.from >= block.until) break
    if (block.from < one.until) overlapping += 1
  }
  if (overlapping < capacity) return true
  return capacity > 1 && maxSimultaneous(near(timeline, block), block) < capacity
}

/** Resource test of one resource: active, on shift for the whole block, not absent, with capacity left throughout. */
export function isFree(timeline: ResourceTimeline, block: Interval): boolean {
  const { isActive, shifts, absences } = timeline
  if (!isActive) return false
  if (shifts !== null && !isOpen(shifts, block.from, block.until)) return false
  if (absences.some((one) => overlaps(one, block))) return false
  return hasCapacity(timeline, block)
}

/** How long the resource is allocated within the day, in milliseconds; blocks at the same time count each. */
export function allocatedMs(taken: Taken, day: Interval): number {
  let sum = 0
  for (const { from, until } of near(taken, day))
    sum += Math.max(0, Math.min(until, day.until) - Math.max(from, day.from))
  return sum
}
