import { canAssign, type Choices, freeInstructors } from './assignment-rules.ts'
import { gridStarts } from './grid-rules.ts'
import { type DateRange, datesIn } from '../../platform/time/calendar.ts'
import type { AppointmentFacts } from '../appointment-facts.ts'
import { isTimeAvailable } from '../appointment-rules.ts'
import { type AppointmentCase, caseOfStart, toDay, type PreparedFacts, prepareFacts } from '../case-rules.ts'
import { findAssignment, findChoices, joinableGroups } from '../group-rules.ts'

/** A free time with the instructors that a booking of it would get. */
export interface AppointmentSlot {
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly instructorIds: readonly number[]
}

/** Customers choose among single instructors only where exactly one is required. */
function isPicked({ bookable, pools }: PreparedFacts): boolean {
  return bookable.customerPicksInstructor && pools.requiredInstructors === 1
}

function compareIds(a: readonly number[], b: readonly number[]): number {
  for (const [k, id] of a.entries()) {
    const other = b[k]
    if (other === undefined || id !== other) return id - (other ?? 0)
  }
  return a.length - b.length
}

/** Who could give an appointment at this start: one entry per pick, otherwise the assignment that booking makes now. */
function listTeams(c: AppointmentCase, choices: Choices): readonly (readonly number[])[] {
  if (!isPicked(c.facts)) {
    const found = findAssignment(c, choices)
    return found === null ? [] : [found.instructorIds]
  }
  // Any free instructor may be picked, if the other lines can be filled; and those of groups that can be joined.
  const free = canAssign(choices) ? freeInstructors(choices).map((id) => [id]) : []
  const groups = joinableGroups(c)
  if (groups.length === 0) return free
  const teams = new Map([...free, ...groups.map((group) => group.instructorIds)].map((team) => [team.join(), team]))
  return [...teams.values()].toSorted(compareIds)
}

/**
 * The free starts after `now` on the local dates, in order: exactly those for which the validation table answers
 * AVAILABLE, because it is the same table. Without a customer its steps about customers are left out.
 */
export function planAppointmentSlots(
  facts: AppointmentFacts,
  dates: DateRange,
  now: Temporal.Instant,
): AppointmentSlot[] {
  const { zone } = facts.studio
  const days = datesIn(dates).map((date) => toDay(date, zone))
  const window = { from: days[0]?.from ?? 0, until: days.at(-1)?.until ?? 0 }
  const prepared = prepareFacts(facts, window, now)
  const slots: AppointmentSlot[] = []
  const nowMs = now.epochMilliseconds
  for (const day of days) {
    for (const startMs of gridStarts(day, facts.bookable, zone)) {
      if (startMs < nowMs) continue
      // In a busy week most starts end here: the timelines answer in milliseconds, the table asks moments and dates.
      const choices = findChoices(prepared, startMs, day)
      if (choices === null) continue
      const c = caseOfStart(prepared, startMs, day, now)
      const teams = isTimeAvailable(c) ? listTeams(c, choices) : []
      for (const instructorIds of teams) slots.push({ start: c.main.start, end: c.main.end, instructorIds })
    }
  }
  return slots
}
