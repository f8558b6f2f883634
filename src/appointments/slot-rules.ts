import { type Choices, requiredInstructors } from '../classes/assignment-rules.ts'
import { datesIn, gridStarts } from '../classes/grid-rules.ts'
import type { DateRange } from '../studios/opening-rules.ts'
import type { AppointmentFacts } from './appointment-facts.ts'
import { isTimeAvailable } from './appointment-rules.ts'
import { type AppointmentCase, caseOfStart, dayOf, prepareFacts } from './case-rules.ts'
import { choicesOf, findPlace, joinableGroups } from './place-rules.ts'

/** A free time with the instructors that a booking of it would get. */
export interface AppointmentSlot {
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly instructorIds: readonly number[]
}

/** Customers choose among single instructors only where exactly one is required. */
function isPicked({ bookable, requirements }: AppointmentFacts): boolean {
  return bookable.customerPicksInstructor && requiredInstructors(requirements) === 1
}

/** The wishes to try at one start: each free instructor alone, and those of groups that can be joined. */
function wishesOf(c: AppointmentCase, choices: Choices): readonly (readonly number[])[] {
  const free = choices.lines.filter(({ line }) => line.kind === 'EMPLOYEE').flatMap((choice) => choice.free)
  const single = free.flatMap((one) => (one.instructorId === null ? [] : [[one.instructorId]]))
  return [...joinableGroups(c).map((group) => group.instructorIds), ...single]
}

function compareIds(a: readonly number[], b: readonly number[]): number {
  for (const [k, id] of a.entries()) {
    const other = b[k]
    if (other === undefined || id !== other) return id - (other ?? 0)
  }
  return a.length - b.length
}

/** Who could give an appointment at this start: one entry per pick, otherwise the assignment that booking makes now. */
function teamsOf(c: AppointmentCase): readonly (readonly number[])[] {
  const choices = choicesOf(c)
  const anybody = findPlace(c, choices)
  if (anybody === null) return []
  if (!isPicked(c.facts)) return [anybody.instructorIds]
  const teams = new Map<string, readonly number[]>([[anybody.instructorIds.join(), anybody.instructorIds]])
  for (const instructorIds of wishesOf(c, choices)) {
    const place = findPlace({ ...c, instructorIds }, choices)
    if (place !== null) teams.set(place.instructorIds.join(), place.instructorIds)
  }
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
  const days = datesIn(dates).map((date) => dayOf(date, zone))
  const window = { from: days[0]?.from ?? 0, until: days.at(-1)?.until ?? 0 }
  const prepared = prepareFacts(facts, window, now)
  const slots: AppointmentSlot[] = []
  for (const day of days) {
    for (const startMs of gridStarts(day, facts.bookable, zone)) {
      if (startMs < now.epochMilliseconds) continue
      const c = caseOfStart(prepared, startMs, day, now)
      const teams = isTimeAvailable(c) ? teamsOf(c) : []
      for (const instructorIds of teams) slots.push({ start: c.main.start, end: c.main.end, instructorIds })
    }
  }
  return slots
}
