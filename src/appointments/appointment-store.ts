import { and, asc, eq, gte, inArray, lt, ne, not, sql } from 'drizzle-orm'
import { resourceAllocations, resources } from '../resources/tables.ts'
import { bookings } from '../bookings/tables.ts'
import { constant } from '../platform/database/columns.ts'
import { prepared, preparedWrite, type Queryable, type Tx } from '../platform/database/database.ts'
import { ready } from '../platform/database/in-order.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { appointments } from './tables.ts'

export type AppointmentRow = typeof appointments.$inferSelect
export type NewAppointment = Pick<
  typeof appointments.$inferInsert,
  'studioId' | 'bookableId' | 'startAt' | 'endAt' | 'note'
>

const selectInstructorIds = sql<number[]>`array(
  select ${resources.employeeId} from ${resourceAllocations}
  join ${resources} on ${resources.tenantId} = ${resourceAllocations.tenantId}
    and ${resources.id} = ${resourceAllocations.resourceId}
  where ${resourceAllocations.tenantId} = ${appointments.tenantId} and ${resourceAllocations.source} = 'APPOINTMENT'
    and ${resourceAllocations.sourceId} = ${appointments.id} and ${resourceAllocations.active}
    and ${resources.employeeId} is not null
  order by ${resources.employeeId})`

const selectGroups = prepared((db) =>
  db
    .select({
      appointmentId: appointments.id,
      status: appointments.status,
      start: appointments.startAt,
      instructorIds: selectInstructorIds,
      booking: { status: bookings.status, confirmDeadline: bookings.confirmDeadline },
    })
    .from(appointments)
    .leftJoin(
      bookings,
      and(
        eq(bookings.tenantId, appointments.tenantId),
        eq(bookings.appointmentId, appointments.id),
        ne(bookings.status, constant('CANCELED')),
      ),
    )
    .where(
      and(
        eq(appointments.bookableId, sql.placeholder('bookableId')),
        eq(appointments.status, 'PLANNED'),
        gte(appointments.startAt, sql.placeholder('from')),
        lt(appointments.startAt, sql.placeholder('until')),
      ),
    )
    .orderBy(asc(appointments.id))
    .prepare('appointments_list_groups'),
)

/** Planned appointments of the bookable that start in the window, one row per booking that is not canceled. */
export function listGroupRows(
  db: Queryable,
  bookableId: number,
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
) {
  return selectGroups(db).execute({ bookableId, from: from.toString(), until: until.toString() })
}

const appointmentInsert = preparedWrite((tx) =>
  tx
    .insert(appointments)
    .values({
      studioId: sql.placeholder('studioId'),
      bookableId: sql.placeholder('bookableId'),
      startAt: sql.placeholder('startAt'),
      endAt: sql.placeholder('endAt'),
      note: sql.placeholder('note'),
      status: 'PLANNED',
      createdAt: sql.placeholder('now'),
      updatedAt: sql.placeholder('now'),
    })
    .returning({ id: appointments.id })
    .prepare('appointments_insert'),
)

export async function insertAppointment(tx: Tx, appointment: NewAppointment, now: Temporal.Instant): Promise<number> {
  const rows = await appointmentInsert(tx).execute({ note: null, ...appointment, now })
  return returnedId(rows)
}

const groupLock = preparedWrite((tx) =>
  tx
    .select({ id: appointments.id })
    .from(appointments)
    .where(
      and(
        eq(appointments.bookableId, sql.placeholder('bookableId')),
        eq(appointments.startAt, sql.placeholder('start')),
        eq(appointments.status, 'PLANNED'),
      ),
    )
    .orderBy(asc(appointments.id))
    .for('no key update')
    .prepare('appointments_lock_groups'),
)

/** A booking that joins a group waits for bookings that leave it, so that nobody joins what is just being canceled. */
export async function lockGroups(tx: Tx, bookableId: number, start: Temporal.Instant) {
  await groupLock(tx).execute({ bookableId, start: start.toString() })
}

const expired = prepared((db) =>
  db
    .selectDistinct({ appointmentId: resourceAllocations.sourceId })
    .from(resourceAllocations)
    .innerJoin(
      bookings,
      and(
        eq(bookings.tenantId, resourceAllocations.tenantId),
        eq(bookings.appointmentId, resourceAllocations.sourceId),
        eq(bookings.status, constant('BOOKED_WITH_CONFIRMATION_REQUIRED')),
        lt(bookings.confirmDeadline, sql.placeholder('now')),
      ),
    )
    .where(
      and(
        eq(resourceAllocations.source, 'APPOINTMENT'),
        eq(resourceAllocations.active, true),
        sql`${resourceAllocations.resourceId} = any(${sql.placeholder('resourceIds')}::bigint[])`,
        sql`${resourceAllocations.blockUntil} > ${sql.placeholder('from')}::timestamptz`,
        sql`${resourceAllocations.blockFrom} < ${sql.placeholder('until')}::timestamptz`,
      ),
    )
    .prepare('appointments_list_expired'),
)

/** Appointments with bookings that were not confirmed in time and whose rows still occupy the resources in the block. */
export async function listExpiredAppointments(
  db: Queryable,
  resourceIds: readonly number[],
  block: { readonly from: Temporal.Instant; readonly until: Temporal.Instant; readonly now: Temporal.Instant },
): Promise<number[]> {
  const { from, until, now } = block
  const moments = { from: from.toString(), until: until.toString(), now: now.toString() }
  const rows = await expired(db).execute({ resourceIds, ...moments })
  return rows.map(({ appointmentId }) => appointmentId)
}

const appointmentLock = preparedWrite((tx) =>
  tx
    .select()
    .from(appointments)
    .where(eq(appointments.id, sql.placeholder('appointmentId')))
    .for('no key update')
    .prepare('appointments_lock'),
)

/** Another unit that moves, staffs or cancels an appointment waits until this one ends. */
export const readyAppointmentLock = (appointmentId: number) =>
  ready(appointmentLock, { appointmentId }, ([row]): AppointmentRow | undefined => row)

/** As {@link readyAppointmentLock}, sent now. */
export const lockAppointment = (tx: Tx, appointmentId: number) => readyAppointmentLock(appointmentId).send(tx)

/** An appointment of the studio; unlocked, to know what has to be locked before it. */
export async function findAppointment(
  db: Queryable,
  studioId: number,
  appointmentId: number,
): Promise<AppointmentRow | undefined> {
  const [row] = await db
    .select()
    .from(appointments)
    .where(and(eq(appointments.studioId, studioId), eq(appointments.id, appointmentId)))
  return row
}

/** The resources of an appointment, each with the employee's id if it is an instructor. */
export function listOccupiedResources(db: Queryable, appointmentId: number) {
  return db
    .select({ resourceId: resources.id, instructorId: resources.employeeId })
    .from(resourceAllocations)
    .innerJoin(
      resources,
      and(eq(resources.tenantId, resourceAllocations.tenantId), eq(resources.id, resourceAllocations.resourceId)),
    )
    .where(and(eq(resourceAllocations.source, 'APPOINTMENT'), eq(resourceAllocations.sourceId, appointmentId)))
    .orderBy(asc(resources.id))
}

/** Whether any customer still takes part, as stored. */
export async function hasActiveBookings(db: Queryable, appointmentId: number): Promise<boolean> {
  const [row] = await db
    .select({ id: bookings.id })
    .from(bookings)
    .where(and(eq(bookings.appointmentId, appointmentId), ne(bookings.status, constant('CANCELED'))))
    .limit(1)
  return row !== undefined
}

/** Forgets canceled appointments in which nobody was ever booked. */
export async function deleteUnbooked(tx: Tx, appointmentIds: readonly number[]): Promise<number[]> {
  if (appointmentIds.length === 0) return []
  const hasBookings = sql`exists (select from ${bookings} b where b.tenant_id = ${appointments.tenantId}
    and b.appointment_id = ${appointments.id})`
  const rows = await tx
    .delete(appointments)
    .where(and(inArray(appointments.id, [...appointmentIds]), eq(appointments.status, 'CANCELED'), not(hasBookings)))
    .returning({ id: appointments.id })
  return rows.map(({ id }) => id)
}

export async function updateAppointmentRow(
  tx: Tx,
  appointmentId: number,
  changes: Partial<Pick<AppointmentRow, 'startAt' | 'endAt' | 'status' | 'note'>>,
  now: Temporal.Instant,
) {
  await tx
    .update(appointments)
    .set({ ...changes, updatedAt: now, version: sql`${appointments.version} + 1` })
    .where(eq(appointments.id, appointmentId))
}
