import { and, asc, eq, gte, lte, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../platform/database.ts'
import { bookings, classes, classSlots } from './tables.ts'
import type { Window } from './window-rules.ts'

const shownBookings = (db: Queryable) =>
  db
    .select({
      bookingId: bookings.id,
      customerId: bookings.customerId,
      status: bookings.status,
      confirmDeadline: bookings.confirmDeadline,
      participantStatus: bookings.participantStatus,
      start: bookings.startsAt,
      end: bookings.endsAt,
      classSlotId: classSlots.id,
      slotStatus: classSlots.status,
      classId: classes.id,
      attendanceDefault: classes.attendanceDefault,
    })
    .from(bookings)
    .innerJoin(classSlots, and(eq(classSlots.tenantId, bookings.tenantId), eq(classSlots.id, bookings.classSlotId)))
    .innerJoin(classes, and(eq(classes.tenantId, classSlots.tenantId), eq(classes.id, classSlots.classId)))

const bookingOf = prepared((db) =>
  shownBookings(db)
    .where(and(eq(bookings.id, sql.placeholder('bookingId')), eq(bookings.studioId, sql.placeholder('studioId'))))
    .prepare('classes_find_shown_booking'),
)

/** A class booking of the studio with what its effective state depends on. */
export async function findShownBooking(db: Queryable, studioId: number, bookingId: number) {
  const [row] = await bookingOf(db).execute({ studioId, bookingId })
  return row
}

export type ShownBooking = NonNullable<Awaited<ReturnType<typeof findShownBooking>>>

const bookingsOf = prepared((db) =>
  shownBookings(db)
    .where(
      and(
        eq(bookings.customerId, sql.placeholder('customerId')),
        eq(bookings.studioId, sql.placeholder('studioId')),
        gte(bookings.startsAt, sql.placeholder('from')),
        lte(bookings.endsAt, sql.placeholder('until')),
      ),
    )
    .orderBy(asc(bookings.startsAt), asc(bookings.id))
    .prepare('classes_list_shown_bookings'),
)

/** A customer's class bookings in the studio that lie within the window, canceled ones included, by start and id. */
export function listShownBookings(
  db: Queryable,
  of: { readonly studioId: number; readonly customerId: number },
  window: Window,
): Promise<ShownBooking[]> {
  return bookingsOf(db).execute({ ...of, ...window })
}
