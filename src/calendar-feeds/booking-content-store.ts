import { and, eq, type SQL, sql } from 'drizzle-orm'
import { appointments, bookableAppointments } from '../appointments/tables.ts'
import { isVisible, type Sight } from '../customers/index.ts'
import { classes, classSlots } from '../classes/tables.ts'
import { resourceAllocations, resources } from '../resources/tables.ts'
import { bookings } from '../bookings/tables.ts'
import { customers } from '../customers/customer-table.ts'
import { employees } from '../employees/tables.ts'
import { prepared, type Queryable } from '../platform/database/database.ts'
import type { BookedFacts } from './content-facts.ts'
import { instructorsOfSlot, instructorName } from './slot-content-store.ts'

const namesOfAppointment = (what: SQL, condition: SQL) => sql`(
  select json_agg(${what} order by ${resources.id}) from ${resourceAllocations}
  join ${resources} on ${resources.tenantId} = ${resourceAllocations.tenantId}
    and ${resources.id} = ${resourceAllocations.resourceId}
  left join ${employees} on ${employees.tenantId} = ${resources.tenantId} and ${employees.id} = ${resources.employeeId}
  where ${resourceAllocations.tenantId} = ${appointments.tenantId} and ${resourceAllocations.source} = 'APPOINTMENT'
    and ${resourceAllocations.sourceId} = ${appointments.id} and ${condition})`

const roomOfSlot = sql`(select json_build_array(${resources.name}) from ${resources}
  where ${resources.tenantId} = ${classSlots.tenantId} and ${resources.id} = ${classSlots.locationId})`
const roomsOfAppointment = namesOfAppointment(sql`${resources.name}`, sql`${resources.kind} = 'ROOM'`)
const instructorsOfAppointment = namesOfAppointment(instructorName, sql`${employees.id} is not null`)

const bookingContent = prepared((db) =>
  db
    .select({
      id: bookings.id,
      start: bookings.startsAt,
      end: bookings.endsAt,
      status: bookings.status,
      confirmDeadline: bookings.confirmDeadline,
      dateStatus: sql<'PLANNED' | 'CANCELED'>`coalesce(${classSlots.status}, ${appointments.status})`,
      version: sql<number>`coalesce(${classSlots.version}, ${appointments.version})`,
      changedAt: sql`greatest(${bookings.updatedAt}, ${classSlots.updatedAt}, ${classes.updatedAt},
        ${appointments.updatedAt}, ${bookableAppointments.updatedAt})`.mapWith(bookings.updatedAt),
      title: sql<string>`coalesce(${classes.title}, ${bookableAppointments.title})`,
      description: sql<string | null>`coalesce(${classes.description}, ${bookableAppointments.description})`,
      isStream: sql<boolean>`coalesce(${classes.type} = 'STREAM', false)`,
      rooms: sql<string[] | null>`coalesce(${roomOfSlot}, ${roomsOfAppointment})`,
      instructors: sql<
        string[]
      >`case when ${classSlots.id} is null then coalesce(${instructorsOfAppointment}, '[]') else ${instructorsOfSlot} end`,
    })
    .from(bookings)
    .innerJoin(customers, and(eq(customers.tenantId, bookings.tenantId), eq(customers.id, bookings.customerId)))
    .leftJoin(classSlots, and(eq(classSlots.tenantId, bookings.tenantId), eq(classSlots.id, bookings.classSlotId)))
    .leftJoin(classes, and(eq(classes.tenantId, classSlots.tenantId), eq(classes.id, classSlots.classId)))
    .leftJoin(
      appointments,
      and(eq(appointments.tenantId, bookings.tenantId), eq(appointments.id, bookings.appointmentId)),
    )
    .leftJoin(
      bookableAppointments,
      and(
        eq(bookableAppointments.tenantId, appointments.tenantId),
        eq(bookableAppointments.id, appointments.bookableId),
      ),
    )
    .where(
      and(
        eq(bookings.id, sql.placeholder('bookingId')),
        eq(bookings.studioId, sql.placeholder('studioId')),
        sql`${bookings.kind} = any(${sql.placeholder('kinds')}::text[])`,
        isVisible,
      ),
    )
    .prepare('calendar_feeds_booking_content'),
)

export interface BookingQuestion {
  readonly studioId: number
  readonly bookingId: number
  readonly kinds: readonly ('CLASS' | 'APPOINTMENT')[]
  readonly sight: Sight
}

/** A booking of one of these kinds, whose customer the sight sees. */
export async function findBookingContent(
  db: Queryable,
  { sight, ...question }: BookingQuestion,
): Promise<BookedFacts | undefined> {
  const [row] = await bookingContent(db).execute({ ...question, ...sight })
  return row && { ...row, room: row.rooms?.join(', ') ?? null }
}
