import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { worksIn } from '../employees/index.ts'
import { type DayOfWeek, weekdayNumber, type WeeklyRow } from '../studios/index.ts'
import type { Allocation, ResourceFacts } from './timeline-rules.ts'
import { resourceAllocations, resources } from './tables.ts'

interface AvailabilityJson {
  readonly weekday: DayOfWeek
  readonly from: string
  readonly until: string
  readonly validFrom: string | null
  readonly validTo: string | null
}
interface AbsenceJson {
  readonly from: string
  readonly until: string | null
}
/** In epoch milliseconds and without names, because a busy week has more than a thousand of them. */
type AllocationJson = readonly [
  from: number,
  until: number,
  heldUntil: number | null,
  source: NewAllocation['source'],
  sourceId: number,
]

const resourceId = sql.raw('"resources"."id"')
const from = sql`${sql.placeholder('from')}::timestamptz`
const until = sql`${sql.placeholder('until')}::timestamptz`
const toEpochMs = (moment: SQL) => sql`(date_part('epoch', ${moment}) * 1000)::int8`

const availabilities = sql<AvailabilityJson[] | null>`(select json_agg(json_build_object('weekday', v.weekday,
    'from', v.time_from, 'until', v.time_to, 'validFrom', v.valid_from, 'validTo', v.valid_to))
  from resource_availabilities v where v.resource_id = ${resourceId})`

const absences = sql<AbsenceJson[] | null>`(
  select json_agg(json_build_object('from', lower(x.during), 'until', upper(x.during)))
  from resource_absences x where x.resource_id = ${resourceId} and x.during && tstzrange(${from}, ${until}))`

// reads bookings: only they know their deadlines, and a week of allocations is read in one statement.
/**
 * An appointment of which every booking is pending holds its resources until the last deadline. Pending ones are few:
 * they are found once, and only theirs are read.
 */
const heldUntil = sql`case when o.source = 'APPOINTMENT' and o.source_id in (select p.appointment_id from bookings p
    where p.status = 'BOOKED_WITH_CONFIRMATION_REQUIRED' and p.kind = 'APPOINTMENT')
  then (select case when bool_and(b.status = 'BOOKED_WITH_CONFIRMATION_REQUIRED')
      then ${toEpochMs(sql`max(b.confirm_deadline)`)} end
    from bookings b where b.appointment_id = o.source_id and b.status <> 'CANCELED') end`

/** Cut off at the end of the window, because not every blocking has an end. */
const allocations = sql<AllocationJson[] | null>`(select json_agg(json_build_array(
    ${toEpochMs(sql`o.block_from`)}, ${toEpochMs(sql`least(o.block_until, ${until})`)}, ${heldUntil}, o.source, o.source_id))
  from resource_allocations o where o.resource_id = ${resourceId} and o.active
    and o.block_until > ${from} and o.block_from < ${until})`

/** Who does not work in the studio (any more) is not booked there, however long the resource stays. */
const isBookable = sql<boolean>`(${resources.active} and (${resources.kind} <> 'EMPLOYEE' or ${worksIn(
  sql.raw('"resources"."employee_id"'),
  sql.raw('"resources"."studio_id"'),
)}))`

const selectFacts = prepared((db) =>
  db
    .select({
      resourceId: resources.id,
      instructorId: resources.employeeId,
      isActive: isBookable,
      capacity: resources.capacity,
      availabilities,
      absences,
      allocations,
    })
    .from(resources)
    .where(sql`${resources.id} = any(${sql.placeholder('resourceIds')}::bigint[])`)
    .orderBy(asc(resources.id))
    .prepare('classes_find_resource_facts'),
)

type StoredAllocation = Allocation & Pick<NewAllocation, 'source' | 'sourceId'>

export interface StoredResourceFacts extends ResourceFacts {
  readonly allocations: readonly StoredAllocation[]
}

/** Resources with their shifts, and with the absences and allocations that touch the window. */
export async function findResourceFacts(
  db: Queryable,
  resourceIds: readonly number[],
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<StoredResourceFacts[]> {
  if (resourceIds.length === 0) return []
  const rows = await selectFacts(db).execute({ resourceIds, from: from.toString(), until: until.toString() })
  return rows.map((row) => ({
    ...row,
    availabilities: (row.availabilities ?? []).map(readAvailability),
    absences: (row.absences ?? []).map((one) => ({
      from: Temporal.Instant.from(one.from),
      until: one.until === null ? null : Temporal.Instant.from(one.until),
    })),
    allocations: (row.allocations ?? []).map(readAllocation),
  }))
}

function readAllocation([from, until, heldUntil, source, sourceId]: AllocationJson): StoredAllocation {
  return {
    from,
    until,
    heldUntil: heldUntil === null ? null : Temporal.Instant.fromEpochMilliseconds(heldUntil),
    source,
    sourceId,
  }
}

function readAvailability({ weekday, from, until, validFrom, validTo }: AvailabilityJson): WeeklyRow {
  const day = weekdayNumber(weekday)
  return {
    dayFrom: day,
    dayTo: day,
    timeFrom: Temporal.PlainTime.from(from),
    timeTo: Temporal.PlainTime.from(until),
    validFrom: validFrom === null ? null : Temporal.PlainDate.from(validFrom),
    validTo: validTo === null ? null : Temporal.PlainDate.from(validTo),
  }
}

/** Another unit that is about to allocate resources waits until this one ends, in the order of their ids. */
export async function lockResources(tx: Tx, resourceIds: readonly number[]) {
  if (resourceIds.length === 0) return
  await tx
    .select({ id: resources.id })
    .from(resources)
    .where(inArray(resources.id, [...resourceIds]))
    .orderBy(asc(resources.id))
    .for('no key update')
}

/** The resources of employees in a studio; employees who are none are missing. */
export function listInstructorResources(db: Queryable, studioId: number, employeeIds: readonly number[]) {
  if (employeeIds.length === 0) return Promise.resolve([])
  return db
    .select({ resourceId: resources.id, employeeId: resources.employeeId, capacity: resources.capacity })
    .from(resources)
    .where(and(eq(resources.studioId, studioId), inArray(resources.employeeId, [...employeeIds])))
}

export type NewAllocation = Omit<typeof resourceAllocations.$inferInsert, 'tenantId' | 'createdAt' | 'active'>

/**
 * Takes resources for a block of time. `exclusive` is false where several may overlap: resources that serve more than
 * one at once, and what staff forced.
 */
export async function insertAllocations(tx: Tx, allocations: readonly NewAllocation[], now: Temporal.Instant) {
  if (allocations.length === 0) return
  await tx.insert(resourceAllocations).values(allocations.map((one) => ({ ...one, createdAt: now })))
}

/** Gives back what appointments, class slots or blockings have taken. */
export async function deactivateAllocations(tx: Tx, source: NewAllocation['source'], sourceIds: readonly number[]) {
  if (sourceIds.length === 0) return
  await tx
    .update(resourceAllocations)
    .set({ active: false })
    .where(
      and(
        eq(resourceAllocations.source, source),
        inArray(resourceAllocations.sourceId, [...sourceIds]),
        eq(resourceAllocations.active, true),
      ),
    )
}

/** Forgets what something occupied, because it will occupy something else. */
export async function deleteAllocations(tx: Tx, source: NewAllocation['source'], sourceId: number) {
  await tx
    .delete(resourceAllocations)
    .where(and(eq(resourceAllocations.source, source), eq(resourceAllocations.sourceId, sourceId)))
}
