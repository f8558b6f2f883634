import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import { isVisible, type Sight } from '../customers/index.ts'
import { resourceAllocations, resources } from '../resources/tables.ts'
import { bookings } from '../bookings/tables.ts'
import { customers } from '../customers/customer-table.ts'
import { employees } from '../employees/tables.ts'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { appointments, bookableAppointments } from './tables.ts'

export interface InstructorName {
  readonly id: number
  readonly firstName: string
  readonly lastName: string
  readonly publicName: string | null
}

/** Rows of the final staffing stay when an appointment is canceled, so that its bookings still name who was to hold it. */
const instructors = sql<InstructorName[]>`coalesce((
  select json_agg(json_build_object('id', ${employees.id}, 'firstName', ${employees.firstName},
    'lastName', ${employees.lastName}, 'publicName', ${employees.publicName}) order by ${employees.id})
  from ${resourceAllocations}
  join ${resources} on ${resources.tenantId} = ${resourceAllocations.tenantId}
    and ${resources.id} = ${resourceAllocations.resourceId}
  join ${employees} on ${employees.tenantId} = ${resources.tenantId} and ${employees.id} = ${resources.employeeId}
  where ${resourceAllocations.tenantId} = ${appointments.tenantId} and ${resourceAllocations.source} = 'APPOINTMENT'
    and ${resourceAllocations.sourceId} = ${appointments.id}), '[]')`

/** Whether any other customer takes part at the moment asked for: without, an expired confirmation cancels the appointment. */
const hasOthers = sql<boolean>`exists (
  select from ${bookings} other
  where other.tenant_id = ${bookings.tenantId} and other.appointment_id = ${bookings.appointmentId}
    and other.id <> ${bookings.id} and (other.status = 'BOOKED' or (
      other.status = 'BOOKED_WITH_CONFIRMATION_REQUIRED' and other.confirm_deadline >= ${sql.placeholder('now')})))`

/** Which bookable an appointment is of, and who is to hold it. */
export async function findBookedService(db: Queryable, appointmentId: number) {
  const [row] = await db
    .select({ bookableId: bookableAppointments.id, instructors })
    .from(appointments)
    .innerJoin(
      bookableAppointments,
      and(
        eq(bookableAppointments.tenantId, appointments.tenantId),
        eq(bookableAppointments.id, appointments.bookableId),
      ),
    )
    .where(eq(appointments.id, appointmentId))
  return row
}

/** Holds, which have no customer, must be left out. */
const bookingRows = (db: Queryable) =>
  db
    .select({
      id: bookings.id,
      customerId: sql<number>`${bookings.customerId}`,
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

const selectBooking = prepared((db) =>
  bookingRows(db)
    .where(and(inStudio, eq(bookings.id, sql.placeholder('bookingId')), isNotNull(bookings.customerId)))
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
  const [row] = await selectBooking(db).execute({ studioId, bookingId, now: now.toString() })
  return row
}

export type AppointmentBookingRow = NonNullable<Awaited<ReturnType<typeof findAppointmentBooking>>>

const selectBookings = prepared((db) =>
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

const bookingsStarting = prepared((db) =>
  bookingRows(db)
    .where(
      and(
        inStudio,
        eq(bookings.customerId, sql.placeholder('customerId')),
        sql`${bookings.startsAt} >= ${sql.placeholder('from')}::timestamptz`,
        sql`${bookings.startsAt} < ${sql.placeholder('until')}::timestamptz`,
      ),
    )
    .orderBy(asc(bookings.startsAt), asc(bookings.id))
    .prepare('appointments_list_starting_bookings'),
)

/** A customer's appointment bookings in the studio that start from `from` and before `until`, by start. */
export function listStartingBookings(db: Queryable, { from, until, now, ...of }: BookingListQuery) {
  return bookingsStarting(db).execute({ ...of, from: from.toString(), until: until.toString(), now: now.toString() })
}

const bookingsOfStudio = prepared((db) =>
  bookingRows(db)
    .innerJoin(customers, and(eq(customers.tenantId, bookings.tenantId), eq(customers.id, bookings.customerId)))
    .where(
      and(
        eq(appointments.studioId, sql.placeholder('studioId')),
        sql`${appointments.startAt} >= ${sql.placeholder('from')}::timestamptz`,
        sql`${appointments.startAt} < ${sql.placeholder('until')}::timestamptz`,
        isVisible,
      ),
    )
    .orderBy(asc(appointments.startAt), asc(bookings.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('skipped'))
    .prepare('appointments_list_bookings_of_studio'),
)

/** One page of a studio's appointment bookings, of all customers whom the sight sees. */
export interface StudioBookingPage extends Omit<BookingListQuery, 'customerId'> {
  readonly sight: Sight
  readonly skipped: number
  readonly limit: number
}

/** Bookings of appointments of the studio that start from `from` and before `until`, whatever their status, by start. */
export function listBookingsOfStudio(db: Queryable, { sight, from, until, now, ...page }: StudioBookingPage) {
  const span = { from: from.toString(), until: until.toString() }
  return bookingsOfStudio(db).execute({ ...page, ...sight, ...span, now: now.toString() })
}

/** A customer's appointment bookings in the studio, whatever their status, by start. */
export function listAppointmentBookings(db: Queryable, { studioId, customerId, from, until, now }: BookingListQuery) {
  const span = { from: from.toString(), until: until.toString() }
  return selectBookings(db).execute({ studioId, customerId, ...span, now: now.toString() })
}
