import type { Interval } from '../../platform/time/calendar.ts'
import { allocatedMs, isFree, type ResourceTimeline } from '../../resources/timeline-rules.ts'

/** "`count` resources out of this pool". A resource stands in one line of a bookable only. */
export interface RequirementLine {
  readonly kind: 'EMPLOYEE' | 'ROOM' | 'DEVICE'
  readonly count: number
  readonly pool: readonly { readonly resourceId: number; readonly priority: number }[]
}

/** The resources of an appointment; `instructorIds` in ascending order. */
export interface Assignment {
  readonly resourceIds: readonly number[]
  readonly instructorIds: readonly number[]
}

interface Candidate {
  readonly timeline: ResourceTimeline
  readonly priority: number
}

/** The requirement lines with their resources laid out: prepared once for all the times that will be asked. */
export interface Pools {
  readonly lines: readonly { readonly line: RequirementLine; readonly members: readonly Candidate[] }[]
  readonly requiredInstructors: number
  /** The instructors among whom one may wish. */
  readonly instructorIds: ReadonlySet<number>
}

/** Lays out the pools of the lines. Resources without a timeline are left out. */
export function preparePools(
  lines: readonly RequirementLine[],
  timelines: ReadonlyMap<number, ResourceTimeline>,
): Pools {
  const prepared = lines.map((line) => {
    const members = line.pool.flatMap(({ resourceId, priority }) => {
      const timeline = timelines.get(resourceId)
      return timeline === undefined ? [] : [{ timeline, priority }]
    })
    return { line, members }
  })
  const instructorLines = prepared.filter(({ line }) => line.kind === 'EMPLOYEE')
  const instructors = instructorLines.flatMap(({ members }) => members)
  return {
    lines: prepared,
    requiredInstructors: instructorLines.reduce((sum, { line }) => sum + line.count, 0),
    instructorIds: new Set(instructors.flatMap(({ timeline }) => timeline.instructorId ?? [])),
  }
}

/** Who is free at one time, line by line, on the local day that it belongs to. */
export interface Choices {
  readonly pools: Pools
  readonly free: readonly (readonly Candidate[])[]
  readonly day: Interval
}

/** Asks every pool once for a block of time. */
export function planChoices(pools: Pools, block: Interval, day: Interval): Choices {
  const free = pools.lines.map(({ members }) => members.filter(({ timeline }) => isFree(timeline, block)))
  return { pools, free, day }
}

/** Whether every line can be filled when nobody is named. */
export function canAssign({ pools, free }: Choices): boolean {
  return pools.lines.every(({ line }, k) => (free[k]?.length ?? 0) >= line.count)
}

/** The free instructors, in ascending order. */
export function freeInstructors({ pools, free }: Choices): number[] {
  const members = free.filter((_, k) => pools.lines[k]?.line.kind === 'EMPLOYEE').flat()
  return members.flatMap(({ timeline }) => timeline.instructorId ?? []).toSorted((a, b) => a - b)
}

/** Instructors with the least work on that day first, so that work spreads; then by priority, then by id. */
function inOrder(candidates: readonly Candidate[], kind: RequirementLine['kind'], day: Interval): ResourceTimeline[] {
  return candidates
    .map(({ timeline, priority }) => ({
      timeline,
      priority,
      work: kind === 'EMPLOYEE' ? allocatedMs(timeline, day) : 0,
      id: timeline.instructorId ?? timeline.resourceId,
    }))
    .toSorted((a, b) => a.work - b.work || a.priority - b.priority || a.id - b.id)
    .map(({ timeline }) => timeline)
}

function isWanted(timeline: ResourceTimeline, wanted: ReadonlySet<number>): boolean {
  return timeline.instructorId !== null && wanted.has(timeline.instructorId)
}

function atLeast(timelines: readonly ResourceTimeline[], count: number): readonly ResourceTimeline[] | null {
  return timelines.length < count ? null : timelines.slice(0, count)
}

interface Names {
  readonly wanted: ReadonlySet<number>
  /** As many as needed, or more: choose among them only. Otherwise all of them, filled up from the pool. */
  readonly isChoice: boolean
}

function chooseFromLine(
  { line, members }: Pools['lines'][number],
  free: readonly ResourceTimeline[],
  { wanted, isChoice }: Names,
): readonly ResourceTimeline[] | null {
  if (line.kind !== 'EMPLOYEE' || wanted.size === 0) return atLeast(free, line.count)
  const named = free.filter((one) => isWanted(one, wanted))
  if (isChoice) return atLeast(named, line.count)
  const asked = members.filter(({ timeline }) => isWanted(timeline, wanted)).length
  if (named.length < asked || asked > line.count) return null
  return atLeast([...named, ...free.filter((one) => !isWanted(one, wanted))], line.count)
}

/**
 * Chooses free resources for every line, always the same for the same facts; null when a line cannot be filled or an
 * instructor stands in no pool. Named instructors: as many as needed or more = choose among them only; fewer = all
 * of them, filled up from the pool.
 */
export function assignResources({ pools, free, day }: Choices, instructorIds: readonly number[]): Assignment | null {
  const wanted = new Set(instructorIds)
  if (instructorIds.some((id) => !pools.instructorIds.has(id))) return null
  const names = { wanted, isChoice: wanted.size >= pools.requiredInstructors }
  const assigned: ResourceTimeline[] = []
  for (const [k, pool] of pools.lines.entries()) {
    const chosen = chooseFromLine(pool, inOrder(free[k] ?? [], pool.line.kind, day), names)
    if (chosen === null) return null
    assigned.push(...chosen)
  }
  const ids = assigned.flatMap((one) => one.instructorId ?? []).toSorted((a, b) => a - b)
  return { resourceIds: assigned.map((one) => one.resourceId), instructorIds: ids }
}
