import { and, eq, type SQL, sql } from 'drizzle-orm'
import { classes, classSlotInstructors, classSlots } from '../classes/tables.ts'
import { resources } from '../resources/tables.ts'
import { employees } from '../employees/tables.ts'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { studios } from '../studios/tables.ts'
import type { SlotFacts } from './content-facts.ts'

/** The moments between which what is shown starts. */
export interface Window {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
}

/** As JSON has it. */
export type Stored<T> = { readonly [K in keyof T]: Json<T[K]> }
type Json<T> = T extends Temporal.Instant
  ? string
  : T extends readonly (infer E)[]
    ? E extends object
      ? Stored<E>[]
      : E[]
    : T

export const [from, until] = [
  sql`${sql.placeholder('from')}::timestamptz`,
  sql`${sql.placeholder('until')}::timestamptz`,
]
/** What members may see of a person who works here. */
export const instructorName = sql`coalesce(${employees.publicName}, ${employees.firstName} || ' ' || ${employees.lastName})`

export const instructorsOfSlot = sql`(select coalesce(json_agg(${instructorName} order by ${employees.id}), '[]') from ${classSlotInstructors}
  join ${employees} on ${employees.tenantId} = ${classSlotInstructors.tenantId}
    and ${employees.id} = ${classSlotInstructors.employeeId}
  where ${classSlotInstructors.tenantId} = ${classSlots.tenantId} and ${classSlotInstructors.slotId} = ${classSlots.id})`

/** Slots that start within the window, canceled ones included, as JSON, by start and id. */
export const slotsWhere = (condition: SQL) => sql<Stored<SlotFacts>[]>`coalesce((
  select json_agg(json_build_object('id', ${classSlots.id}, 'start', ${classSlots.startAt}, 'end', ${classSlots.endAt},
    'status', ${classSlots.status}, 'version', ${classSlots.version},
    'changedAt', greatest(${classSlots.updatedAt}, ${classes.updatedAt}), 'title', ${classes.title},
    'description', ${classes.description}, 'isStream', ${classes.type} = 'STREAM',
    'isShown', ${classes.active} and ${classes.onlineVisible}, 'room', ${resources.name},
    'instructors', ${instructorsOfSlot}) order by ${classSlots.startAt}, ${classSlots.id})
  from ${classSlots}
  join ${classes} on ${classes.tenantId} = ${classSlots.tenantId} and ${classes.id} = ${classSlots.classId}
  left join ${resources} on ${resources.tenantId} = ${classSlots.tenantId} and ${resources.id} = ${classSlots.locationId}
  where ${classSlots.startAt} >= ${from} and ${classSlots.startAt} < ${until} and ${condition}), '[]')`

const classId = sql`${sql.placeholder('classId')}::bigint`
export const studioId = sql`${sql.placeholder('studioId')}::bigint`

// The class is asked for twice, as it may have no slots; and beside its studio, as columns keep the names of their tables
// in joins only.
const classContent = prepared((db) =>
  db
    .select({
      title: sql<string>`shown.title`,
      slots: slotsWhere(sql`${classSlots.classId} = ${classId} and ${classSlots.studioId} = ${studioId}`),
    })
    .from(studios)
    .innerJoin(sql`classes shown`, sql`shown.tenant_id = ${studios.tenantId} and shown.studio_id = ${studios.id}`)
    .where(
      and(
        eq(studios.id, sql.placeholder('studioId')),
        sql`shown.id = ${classId} and shown.active and shown.online_visible`,
      ),
    )
    .prepare('calendar_feeds_class_content'),
)

/** A class on show with its slots of the window. */
export async function findClassContent(
  db: Queryable,
  of: { readonly studioId: number; readonly classId: number },
  window: Window,
) {
  const [row] = await classContent(db).execute({ ...of, ...toTexts(window) })
  return row && { title: row.title, slots: row.slots.map(readSlot) }
}

export const toTexts = ({ from: first, until: last }: Window) => ({ from: first.toString(), until: last.toString() })

export function readSlot(slot: Stored<SlotFacts>): SlotFacts {
  return { ...slot, ...readTimes(slot) }
}

export function readTimes({
  start,
  end,
  changedAt,
}: {
  readonly start: string
  readonly end: string
  readonly changedAt: string
}) {
  return {
    start: Temporal.Instant.from(start),
    end: Temporal.Instant.from(end),
    changedAt: Temporal.Instant.from(changedAt),
  }
}
