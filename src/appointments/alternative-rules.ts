import type { Choices } from './free-times/assignment-rules.ts'
import { byDistance, mostAlternatives } from '../bookings/rules/alternative-rules.ts'
import { gridStarts } from './free-times/grid-rules.ts'
import { type DateRange, datesIn } from '../platform/time/calendar.ts'
import type { AppointmentFacts, AppointmentRequest } from './appointment-facts.ts'
import { isTimeAvailable } from './appointment-rules.ts'
import { type AppointmentCase, caseOfStart, toDay, prepareFacts } from './case-rules.ts'
import { findAssignment, findChoices } from './group-rules.ts'
import type { AppointmentSlot } from './free-times/slot-rules.ts'

/** The free starts on the local dates that are nearest to the wish, with the instructors wished for where they can. */
export function planAlternatives(
  facts: AppointmentFacts,
  wish: AppointmentRequest,
  dates: DateRange,
  now: Temporal.Instant,
): AppointmentSlot[] {
  const { zone } = facts.studio
  const days = datesIn(dates).map((date) => toDay(date, zone))
  const prepared = prepareFacts(facts, { from: days[0]?.from ?? 0, until: days.at(-1)?.until ?? 0 }, now)
  const starts = days
    .flatMap((day) => gridStarts(day, facts.bookable, zone).map((ms) => ({ ms, day })))
    .map(({ ms, day }) => ({ start: Temporal.Instant.fromEpochMilliseconds(ms), ms, day }))
    .toSorted(byDistance(wish.start))
  const free: AppointmentSlot[] = []
  for (const { ms, day } of starts) {
    if (free.length === mostAlternatives) break
    const choices = findChoices(prepared, ms, day)
    if (choices === null) continue
    const c = caseOfStart(prepared, ms, day, now)
    const instructorIds = isTimeAvailable(c) ? wantedTeam(c, choices, wish) : null
    if (instructorIds) free.push({ start: c.main.start, end: c.main.end, instructorIds })
  }
  return free
}

/** The instructors wished for, else those whom a booking would get; null when nobody is free. */
function wantedTeam(
  c: AppointmentCase,
  choices: Choices,
  { instructorIds }: AppointmentRequest,
): readonly number[] | null {
  const assignment = findAssignment({ ...c, instructorIds }, choices) ?? findAssignment(c, choices)
  return assignment === null ? null : assignment.instructorIds
}
