import { and, asc, eq, sql } from 'drizzle-orm'
import { bookings, resourceAllocations, resources } from '../classes/tables.ts'
import { employees } from '../employees/tables.ts'
import { prepared, type Queryable } from '../platform/database.ts'
import { appointments, bookableAppointments } from './tables.ts'

export interface InstructorName {
  readonly id: number
  readonly firstName: string
  readonly lastName: string
  readonly publicName: string | null
}

/** Rows of the final staffing stay when an appointment is canceled, so that its bookings still tell who was to hold it. */
const instructors = sql<InstructorName[]>`coalesce((
  select json_agg(json_build_object('id', ${employees.id}, 'firstName', ${employees.firstName},
    'lastName', ${employees.lastName}, 'publicName', ${employees.publicName}) order by ${employees.id})
  from ${resourceAllocations}
  join ${resources} on ${resources.tenantId} = ${resourceAllocations.tenantId}
    and ${resources.id} = ${resourceAllocations.resourceId}
  join ${employees} on ${employees.tenantId} = ${resources.tenantId} and ${employees.id} = ${resources.employeeId}
  where ${resourceAllocations.tenantId} = ${appointments.tenantId} and ${resourceAllocations.source} = 'APPOINTMENT'
    and ${resourceAllocations.sourceId} = ${appointments.id}), '[]')`

/** Whether anybody else takes part at the moment asked for: without, an expired confirmation cancels the appointment. */
const hasOthers = sql<boolean>`exists (
  select from ${bookings} other
  where other.tenant_id = ${bookings.tenantId} and other.appointment_id = ${bookings.appointmentId}
    and other.id <> ${bookings.id} and (other.status = 'BOOKED' or (
      other.status = 'BOOKED_WITH_CONFIRMATION_REQUIRED' and other.confirm_deadline >= ${sql.placeholder('now')})))`

const bookingRows = (db: Queryable) =>
  db
    .select({
      id: bookings.id,
      customerId: bookings.customerId,
      status: bookings.status,
      confirmDeadline: bookings.confirmDeadline,
      participantStatus: bookings.participantStatus,
      during: bookings.during,
      appointment: { id: appointments.id, status: appointments.status },
      bookable: {
        title: bookableAppointments.title,
        category: bookableAppointments.category,
        description: bookableAppointments.description,
        imageId: bookableAppointments.imageId,
        attendanceDefault: bookableAppointments.attendanceDefault,
      },
      instructors,
      hasOthers,
    })
    .from(bookings)
    .innerJoin(
      appointments,
      and(eq(appointments.tenantId, bookings.tenantId), eq(appointments.id, bookings.appointmentId)),
    )
    .innerJoin(
      bookableAppointments,
      and(
        eq(bookableAppointments.tenantId, appointments.tenantId),
        eq(bookableAppointments.id, appointments.bookableId),
      ),
    )

const inStudio = eq(bookings.studioId, sql.placeholder('studioId'))

const bookingOf = prepared((db) =>
  bookingRows(db)
    .where(and(inStudio, eq(bookings.id, sql.placeholder('bookingId'))))
    .prepare('appointments_find_booking'),
)

/** A booking of an appointment of the studio with everything that is shown of it. */
export async function findAppointmentBooking(
  db: Queryable,
  {
    studioId,
    bookingId,
    now,
  }: { readonly studioId: number; readonly bookingId: number; readonly now: Temporal.Instant },
) {
  const [row] = await bookingOf(db).execute({ studioId, bookingId, now: now.toString() })
  return row
}

export type AppointmentBookingRow = NonNullable<Awaited<ReturnType<typeof findAppointmentBooking>>>

const bookingsOf = prepared((db) =>
  bookingRows(db)
    .where(
      and(
        inStudio,
        eq(bookings.customerId, sql.placeholder('customerId')),
        sql`lower(${bookings.during}) >= ${sql.placeholder('from')}::timestamptz`,
        sql`upper(${bookings.during}) <= ${sql.placeholder('until')}::timestamptz`,
      ),
    )
    .orderBy(sql`lower(${bookings.during})`, asc(bookings.id))
    .prepare('appointments_list_bookings'),
)

export interface BookingListQuery {
  readonly studioId: number
  readonly customerId: number
  /** Bookings start here or later and end at `until` or earlier. */
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  readonly now: Temporal.Instant
}

/** A customer's appointment bookings in the studio, whatever their status, by start. */
export function listAppointmentBookings(db: Queryable, { studioId, customerId, from, until, now }: BookingListQuery) {
  const span = { from: from.toString(), until: until.toString() }
  return bookingsOf(db).execute({ studioId, customerId, ...span, now: now.toString() })
}
