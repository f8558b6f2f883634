import { and, asc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { constant } from '../platform/database/columns.ts'
import { prepared, preparedWrite, type Queryable, type Tx } from '../platform/database/database.ts'
import { ready } from '../platform/database/in-order.ts'
import { bookings } from './tables.ts'

export type NewBooking = Pick<
  typeof bookings.$inferSelect,
  | 'id'
  | 'studioId'
  | 'kind'
  | 'classSlotId'
  | 'appointmentId'
  | 'during'
  | 'status'
  | 'customerExclusive'
  | 'trialOfferConfigId'
  | 'confirmKind'
  | 'confirmDeadline'
  | 'queueNo'
  | 'channel'
> & { readonly customerId: number }

const bookingInsert = preparedWrite((tx) =>
  tx
    .insert(bookings)
    .values({
      id: sql.placeholder('id'),
      studioId: sql.placeholder('studioId'),
      kind: sql.placeholder('kind'),
      customerId: sql.placeholder('customerId'),
      classSlotId: sql.placeholder('classSlotId'),
      appointmentId: sql.placeholder('appointmentId'),
      during: sql.placeholder('during'),
      status: sql.placeholder('status'),
      customerExclusive: sql.placeholder('customerExclusive'),
      trialOfferConfigId: sql.placeholder('trialOfferConfigId'),
      confirmKind: sql.placeholder('confirmKind'),
      confirmDeadline: sql`${sql.placeholder('confirmDeadline')}::timestamptz`,
      queueNo: sql.placeholder('queueNo'),
      channel: sql.placeholder('channel'),
      createdAt: sql.placeholder('now'),
      updatedAt: sql.placeholder('now'),
    })
    .prepare('classes_insert_booking'),
)

export async function insertBooking(tx: Tx, booking: NewBooking, now: Temporal.Instant) {
  const confirmDeadline = booking.confirmDeadline?.toString() ?? null
  await bookingInsert(tx).execute({ ...booking, confirmDeadline, now })
}

/** A row as its transitions need it: a booking, or a hold, which is nobody's. */
export const rowState = {
  bookingId: bookings.id,
  kind: bookings.kind,
  studioId: bookings.studioId,
  customerId: bookings.customerId,
  classSlotId: bookings.classSlotId,
  appointmentId: bookings.appointmentId,
  status: bookings.status,
  participantStatus: bookings.participantStatus,
  confirmKind: bookings.confirmKind,
  confirmDeadline: bookings.confirmDeadline,
  cancelReason: bookings.cancelReason,
  queueNo: bookings.queueNo,
  triedDrainNo: bookings.triedDrainNo,
  trialOfferConfigId: bookings.trialOfferConfigId,
  chargeClaimId: bookings.chargeClaimId,
  start: bookings.startsAt,
  end: bookings.endsAt,
}

/** A booking as its transitions need it. Holds have no customer and must be left out. */
export const bookingState = { ...rowState, customerId: sql<number>`${bookings.customerId}` }
const isBooking = isNotNull(bookings.customerId)

const selectBooking = prepared((db) =>
  db
    .select(bookingState)
    .from(bookings)
    .where(and(eq(bookings.id, sql.placeholder('bookingId')), isBooking))
    .prepare('classes_find_booking'),
)

export type StoredBooking = Awaited<ReturnType<ReturnType<typeof selectBooking>['execute']>>[number]
export type BookingRow = Omit<StoredBooking, 'customerId'> & { readonly customerId: number | null }

export function isHold(row: Pick<BookingRow, 'customerId'>): boolean {
  return row.customerId === null
}

/** A booking of either kind, in any studio of the tenant. */
export async function findBooking(db: Queryable, bookingId: number): Promise<StoredBooking | undefined> {
  const [row] = await selectBooking(db).execute({ bookingId })
  return row
}

const bookingLock = preparedWrite((tx) =>
  tx
    .select(bookingState)
    .from(bookings)
    .where(and(eq(bookings.id, sql.placeholder('bookingId')), isBooking))
    .for('no key update')
    .prepare('classes_lock_booking'),
)

/** As {@link findBooking}; another unit that changes the booking waits until this one ends. The slot or resources come first. */
export const readyBookingLock = (bookingId: number) => ready(bookingLock, { bookingId }, ([row]) => row)

/** The rows of a slot or appointment that time or staff may still change: neither canceled nor settled. */
export function listOpenBookings(
  db: Queryable,
  target: { readonly kind: 'CLASS' | 'APPOINTMENT'; readonly id: number },
): Promise<BookingRow[]> {
  const column = target.kind === 'CLASS' ? bookings.classSlotId : bookings.appointmentId
  return db
    .select(rowState)
    .from(bookings)
    .where(and(eq(column, target.id), ne(bookings.status, constant('CANCELED')), isNull(bookings.settledAt)))
    .orderBy(asc(bookings.id))
}

/** Bookings of one kind that a customer still has before their end, in any studio. */
export async function listOpenBookingIds(
  db: Queryable,
  { customerId, kind }: { readonly customerId: number; readonly kind: 'CLASS' | 'APPOINTMENT' },
  now: Temporal.Instant,
): Promise<number[]> {
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .where(
      and(
        eq(bookings.customerId, customerId),
        eq(bookings.kind, kind),
        ne(bookings.status, constant('CANCELED')),
        sql`${bookings.endsAt} > ${now.toString()}::timestamptz`,
      ),
    )
    .orderBy(asc(bookings.id))
  return rows.map(({ id }) => id)
}

/** The waiting list of a slot, in its order. */
export function listQueue(db: Queryable, classSlotId: number): Promise<WaitingBooking[]> {
  return db
    .select({ ...bookingState, queueNo: sql<number>`${bookings.queueNo}` })
    .from(bookings)
    .where(and(eq(bookings.classSlotId, classSlotId), eq(bookings.status, 'WAITING_LIST')))
    .orderBy(asc(bookings.queueNo))
}

export type WaitingBooking = StoredBooking & { readonly queueNo: number }

type Changes = Partial<typeof bookings.$inferInsert>

/** Changes bookings that are not canceled; canceled ones never change again. */
export async function updateBookings(tx: Tx, bookingIds: readonly number[], changes: Changes, now: Temporal.Instant) {
  if (bookingIds.length === 0) return
  await tx
    .update(bookings)
    .set({ ...changes, updatedAt: now })
    .where(and(inArray(bookings.id, [...bookingIds]), ne(bookings.status, constant('CANCELED'))))
}
