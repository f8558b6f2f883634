import { and, eq, isNull, sql } from 'drizzle-orm'
import { appointments } from '../appointments/tables.ts'
import { classSlotInstructors, classSlots } from '../classes/tables.ts'
import { resourceAllocations, resources } from '../resources/tables.ts'
import { bookings } from '../bookings/tables.ts'
import { employeeStudios } from '../employees/tables.ts'
import { prepared, type Queryable } from '../platform/database/database.ts'
import type { TakenFacts } from './content-facts.ts'
import {
  from,
  readSlot,
  readTimes,
  slotsWhere,
  type Stored,
  studioId,
  toTexts,
  until,
  type Window,
} from './slot-content-store.ts'

const employeeId = sql`${sql.placeholder('employeeId')}::bigint`

/**
 * The slots of the studio within the window, and then those with this instructor: as an array, because a semi-join might
 * be begun from the staff of all slots that ever were.
 */
const slotsOfInstructor = slotsWhere(sql`${classSlots.studioId} = ${studioId} and ${employeeId} = any(array(
  select own.employee_id from ${classSlotInstructors} own where own.tenant_id = ${classSlots.tenantId}
    and own.slot_id = ${classSlots.id}))`)

const openBookings = sql`(select coalesce(json_agg(json_build_object('status', ${bookings.status},
    'confirmDeadline', ${bookings.confirmDeadline}, 'start', ${bookings.startsAt})), '[]')
  from ${bookings} where ${bookings.tenantId} = ${appointments.tenantId}
    and ${bookings.appointmentId} = ${appointments.id} and ${bookings.status} <> 'CANCELED')`

const appointmentsOfInstructor = sql<Stored<TakenFacts>[]>`coalesce((
  select json_agg(json_build_object('id', ${appointments.id}, 'start', ${appointments.startAt},
    'end', ${appointments.endAt}, 'version', ${appointments.version}, 'changedAt', ${appointments.updatedAt},
    'bookings', ${openBookings}) order by ${appointments.startAt}, ${appointments.id})
  from ${resources}
  join ${resourceAllocations} on ${resourceAllocations.tenantId} = ${resources.tenantId}
    and ${resourceAllocations.resourceId} = ${resources.id} and ${resourceAllocations.active}
    and ${resourceAllocations.source} = 'APPOINTMENT' and ${resourceAllocations.blockUntil} > ${from}
    and ${resourceAllocations.blockFrom} < ${until}
  join ${appointments} on ${appointments.tenantId} = ${resourceAllocations.tenantId}
    and ${appointments.id} = ${resourceAllocations.sourceId} and ${appointments.status} = 'PLANNED'
    and ${appointments.startAt} >= ${from} and ${appointments.startAt} < ${until}
  where ${resources.studioId} = ${studioId} and ${resources.employeeId} = ${employeeId}), '[]')`

const instructorContent = prepared((db) =>
  db
    .select({
      name: sql<string>`coalesce(person.public_name, person.first_name || ' ' || person.last_name)`,
      slots: slotsOfInstructor,
      appointments: appointmentsOfInstructor,
    })
    .from(employeeStudios)
    .innerJoin(
      sql`employees person`,
      sql`person.tenant_id = ${employeeStudios.tenantId} and person.id = ${employeeStudios.employeeId}
        and person.deleted_at is null`,
    )
    .where(
      and(
        eq(employeeStudios.studioId, sql.placeholder('studioId')),
        eq(employeeStudios.employeeId, sql.placeholder('employeeId')),
        isNull(employeeStudios.removedAt),
      ),
    )
    .prepare('calendar_feeds_instructor_content'),
)

/** An employee of the studio, with the slots that he or she gives and the appointments that take the time. */
export async function findInstructorContent(
  db: Queryable,
  of: { readonly studioId: number; readonly employeeId: number },
  window: Window,
) {
  const [row] = await instructorContent(db).execute({ ...of, ...toTexts(window) })
  return row && { name: row.name, slots: row.slots.map(readSlot), appointments: row.appointments.map(readTaken) }
}

function readTaken(taken: Stored<TakenFacts>): TakenFacts {
  return {
    ...taken,
    ...readTimes(taken),
    bookings: taken.bookings.map(({ status, confirmDeadline, start }) => ({
      status,
      confirmDeadline: confirmDeadline === null ? null : Temporal.Instant.from(confirmDeadline),
      start: Temporal.Instant.from(start),
    })),
  }
}
