import {
  type Assignment,
  assignResources,
  canAssign,
  type Choices,
  type Pools,
  planChoices,
} from './free-times/assignment-rules.ts'
import { holdsSeat } from '../bookings/effective-state.ts'
import type { GroupAppointment, HeldAppointment } from './appointment-facts.ts'
import { type AppointmentCase, blockedInterval, type Day, type PreparedFacts } from './case-rules.ts'
import { always } from '../platform/time/calendar.ts'

/** Where a booking goes: into the appointment that it joins, or into a new one with these resources. */
export interface AssignedTime extends Assignment {
  readonly joins: number | null
}

function hasRoom(group: GroupAppointment, { facts, now }: AppointmentCase): boolean {
  if (group.status !== 'PLANNED') return false
  const present = group.bookings.filter((one) => holdsSeat({ ...one, start: group.start }, now)).length
  // When every booking of it has expired, the appointment itself is about to be canceled.
  const isAlive = present > 0 || group.bookings.length === 0
  return isAlive && present < facts.bookable.maxParticipants
}

/** Enough names are a set of alternatives for all of its instructors; fewer must all be among them. */
function hasInstructors(group: HeldAppointment, { facts, instructorIds }: AppointmentCase): boolean {
  if (instructorIds.length === 0) return true
  const wanted = new Set(instructorIds)
  if (wanted.size >= facts.pools.requiredInstructors) return group.instructorIds.every((id) => wanted.has(id))
  return [...wanted].every((id) => group.instructorIds.includes(id))
}

/** The group appointments of this start that have room, no matter who gives them; the oldest first. */
export function joinableGroups(c: AppointmentCase): readonly GroupAppointment[] {
  return (c.facts.groups.get(c.main.start.epochMilliseconds) ?? []).filter((group) => hasRoom(group, c))
}

/**
 * Who is free for an appointment at this start, in epoch milliseconds. Null where nobody could give one: lines cannot be
 * filled, there is no group to join and no time is held, so that no other rule need be asked.
 */
export function findChoices(facts: PreparedFacts, startMs: number, day: Day): Choices | null {
  const choices = planChoices(facts.pools, blockedInterval(startMs, facts.bookable), day)
  return canAssign(choices) || facts.groups.has(startMs) || facts.held !== undefined ? choices : null
}

/**
 * The time that the booking would get now: the one that is held for it and no other, or a group to join, which needs no
 * resource test, else free resources. Several wishes for one start may share the choices.
 */
export function findAssignment(c: AppointmentCase, choices?: Choices): AssignedTime | null {
  const { held } = c.facts
  if (held !== undefined) return hasInstructors(held, c) ? joining(held) : null
  const group = joinableGroups(c).find((one) => hasInstructors(one, c))
  if (group !== undefined) return joining(group)
  const assignment = assignResources(choices ?? planChoices(c.facts.pools, c.block, c.day), c.instructorIds)
  return assignment === null ? null : { joins: null, ...assignment }
}

function joining({ appointmentId, instructorIds }: HeldAppointment): AssignedTime {
  return { joins: appointmentId, resourceIds: [], instructorIds: instructorIds.toSorted((a, b) => a - b) }
}

/** The time that staff force: that of the rules, as if all resources were free. It never joins a group. */
export function findForcedAssignment({ facts, block, day, instructorIds }: AppointmentCase): AssignedTime | null {
  const assignment = assignResources(planChoices(alwaysFree(facts.pools), block, day), instructorIds)
  return assignment === null ? null : { joins: null, ...assignment }
}

function alwaysFree(pools: Pools): Pools {
  const atAnyTime = { free: always, allocations: [] }
  const lines = pools.lines.map(({ line, members }) => ({
    line,
    members: members.map((one) => ({ ...one, timeline: { ...one.timeline, ...atAnyTime } })),
  }))
  return { ...pools, lines }
}
