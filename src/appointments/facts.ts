import {
  findCustomerFacts,
  findStudioFacts,
  readRule,
  type StoredCustomerFacts,
  type StoredRule,
} from '../bookings/index.ts'
import { findResourceFacts } from '../resources/index.ts'
import type { RequirementLine } from './free-times/assignment-rules.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { View } from '../platform/units/work.ts'
import { startOfDay } from '../platform/time/zoned-time.ts'
import type { DateRange } from '../platform/time/calendar.ts'
import type { AppointmentFacts, BookableFacts, GroupAppointment } from './appointment-facts.ts'
import { listGroupRows } from './appointment-store.ts'
import type { BookableRow } from './bookable-store.ts'
import type { InstructorName } from './booking-store.ts'
import { listPool, type PoolRow } from './pool-store.ts'
import type { Resolved } from './requests.ts'

/** The facts as loaded, with what is stored of them. */
export interface LoadedFacts extends AppointmentFacts {
  readonly rule: StoredRule
  readonly customer: StoredCustomerFacts | null
  /** The instructors of the pools by employee id. */
  readonly instructors: ReadonlyMap<number, InstructorName>
  readonly capacities: ReadonlyMap<number, number>
}

interface Moments {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
}

/**
 * Everything that decides about appointments of a bookable whose service date lies in `dates`: the same facts for the
 * list of slots, for the validation and for the booking. How many statements it takes does not depend on the window.
 */
export async function loadAppointmentFacts(view: View, inquiry: Resolved, dates: DateRange): Promise<LoadedFacts> {
  const { bookable, customer, trial } = inquiry
  const { zone } = inquiry.studio
  const starts = { from: startOfDay(dates.fromDate, zone), until: startOfDay(dates.untilDate.add({ days: 1 }), zone) }
  const blocks = momentsOfBlocks(starts, bookable)
  const [studio, pool, groups, customerFacts] = await Promise.all([
    findStudioFacts(view.db, bookable.studioId, dates),
    listPool(view.db, bookable.id),
    bookable.maxParticipants > 1 ? listGroupRows(view.db, bookable.id, starts) : [],
    customer && findCustomerFacts(view.db, customer, appointmentQuestion(inquiry, starts), view.now),
  ])
  if (!studio) throw notFound('studio', bookable.studioId)
  const resources = await findResourceFacts(view.db, listResourceIds(pool), blocks)
  const instructors = readInstructors(pool)
  // Nobody joins a group whose instructor may not be booked any more; its participants keep their bookings.
  const gone = new Set(resources.flatMap(({ instructorId, isActive }) => (isActive ? [] : (instructorId ?? []))))
  return {
    studio,
    bookable: factsOfBookable(bookable),
    rule: readRule(bookable.rule),
    requirements: readRequirements(pool),
    resources: resources.filter(({ instructorId }) => instructorId === null || instructors.has(instructorId)),
    appointments: readGroups(groups).filter(({ instructorIds }) => !instructorIds.some((id) => gone.has(id))),
    customer: customerFacts,
    trial,
    instructors,
    capacities: new Map(resources.map(({ resourceId, capacity }) => [resourceId, capacity])),
  }
}

/** The resources of all pools, in the order in which they are locked. */
export function listResourceIds(pool: readonly PoolRow[]): number[] {
  return pool.flatMap(({ resourceId }) => resourceId ?? []).toSorted((a, b) => a - b)
}

function appointmentQuestion({ bookable, studio, trial }: Resolved, { from, until }: Moments) {
  const { serviceId, durationMin } = bookable
  const trialConfigId = trial?.config?.configId ?? null
  return { ...studio, serviceId, from, until: until.add({ minutes: durationMin }), trialConfigId }
}

function momentsOfBlocks({ from, until }: Moments, { prepMin, durationMin, followUpMin }: BookableRow): Moments {
  return { from: from.subtract({ minutes: prepMin }), until: until.add({ minutes: durationMin + followUpMin }) }
}

function factsOfBookable(row: BookableRow): BookableFacts {
  return { ...row, bookableId: row.id }
}

function readRequirements(pool: readonly PoolRow[]): RequirementLine[] {
  const lines = Map.groupBy(pool, ({ requirementId }) => requirementId)
  return [...lines.values()].flatMap((rows) => {
    const [first] = rows
    if (first === undefined) return []
    const members = rows.flatMap(({ resourceId, priority }) =>
      resourceId === null || priority === null ? [] : [{ resourceId, priority }],
    )
    return [{ kind: first.kind, count: first.count, pool: members }]
  })
}

function readInstructors(pool: readonly PoolRow[]): ReadonlyMap<number, InstructorName> {
  return new Map(pool.flatMap(({ instructor }) => (instructor === null ? [] : [[instructor.id, instructor] as const])))
}

type GroupRow = Awaited<ReturnType<typeof listGroupRows>>[number]

function readGroups(rows: readonly GroupRow[]): GroupAppointment[] {
  const groups = Map.groupBy(rows, ({ appointmentId }) => appointmentId)
  return [...groups.values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const { appointmentId, status, start, instructorIds } = first
    const bookings = all.flatMap(({ booking }) => booking ?? [])
    return [{ appointmentId, status, start, instructorIds, bookings }]
  })
}
