import type { Interval } from '../studios/opening-rules.ts'
import { allocatedMs, isFree, type ResourceTimeline } from './resource-rules.ts'

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

/** A requirement line at one time: who stands in its pool, and who of them is free, the best choice first. */
export interface LineChoice {
  readonly line: RequirementLine
  readonly pool: readonly ResourceTimeline[]
  readonly free: readonly ResourceTimeline[]
}

interface Candidate {
  readonly timeline: ResourceTimeline
  readonly priority: number
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

/** The choices of all lines, and the instructors among whom one may wish. */
export interface Choices {
  readonly lines: readonly LineChoice[]
  readonly requiredInstructors: number
  readonly instructorIds: ReadonlySet<number>
}

/** Asks every pool once for a block of time and the local day that it belongs to. */
export function planChoices(
  lines: readonly RequirementLine[],
  timelines: ReadonlyMap<number, ResourceTimeline>,
  { block, day }: { readonly block: Interval; readonly day: Interval },
): Choices {
  const choices = lines.map((line) => {
    const candidates = line.pool.flatMap(({ resourceId, priority }) => {
      const timeline = timelines.get(resourceId)
      return timeline === undefined ? [] : [{ timeline, priority }]
    })
    const free = candidates.filter(({ timeline }) => isFree(timeline, block))
    return { line, pool: candidates.map(({ timeline }) => timeline), free: inOrder(free, line.kind, day) }
  })
  const instructors = choices.filter(({ line }) => line.kind === 'EMPLOYEE').flatMap(({ pool }) => pool)
  const instructorIds = new Set(instructors.flatMap((one) => one.instructorId ?? []))
  return { lines: choices, requiredInstructors: requiredInstructors(lines), instructorIds }
}

function isWanted(timeline: ResourceTimeline, wanted: ReadonlySet<number>): boolean {
  return timeline.instructorId !== null && wanted.has(timeline.instructorId)
}

function atLeast(timelines: readonly ResourceTimeline[], count: number): readonly ResourceTimeline[] | null {
  return timelines.length < count ? null : timelines.slice(0, count)
}

function chooseFromLine(
  { line, pool, free }: LineChoice,
  wanted: ReadonlySet<number>,
  isChoice: boolean,
): readonly ResourceTimeline[] | null {
  if (line.kind !== 'EMPLOYEE' || wanted.size === 0) return atLeast(free, line.count)
  const named = free.filter((one) => isWanted(one, wanted))
  if (isChoice) return atLeast(named, line.count)
  const asked = pool.filter((one) => isWanted(one, wanted)).length
  if (named.length < asked || asked > line.count) return null
  return atLeast([...named, ...free.filter((one) => !isWanted(one, wanted))], line.count)
}

/** How many instructors the lines ask for. */
export function requiredInstructors(lines: readonly RequirementLine[]): number {
  return lines.filter((line) => line.kind === 'EMPLOYEE').reduce((sum, line) => sum + line.count, 0)
}

/**
 * Chooses free resources for every line, always the same for the same facts; null when a line cannot be filled or an
 * instructor stands in no pool. Named instructors: as many as needed or more = choose among them only; fewer = all
 * of them, filled up from the pool.
 */
export function assignResources(choices: Choices, instructorIds: readonly number[]): Assignment | null {
  const wanted = new Set(instructorIds)
  if (instructorIds.some((id) => !choices.instructorIds.has(id))) return null
  const isChoice = wanted.size >= choices.requiredInstructors
  const assigned: ResourceTimeline[] = []
  for (const choice of choices.lines) {
    const chosen = chooseFromLine(choice, wanted, isChoice)
    if (chosen === null) return null
    assigned.push(...chosen)
  }
  const ids = assigned.flatMap((one) => one.instructorId ?? []).toSorted((a, b) => a - b)
  return { resourceIds: assigned.map((one) => one.resourceId), instructorIds: ids }
}
