import { and, asc, eq, gte, isNotNull, lt, lte, sql } from 'drizzle-orm'
import { customers } from '../customers/customer-table.ts'
import { prepared, type Queryable } from '../platform/database/database.ts'
import type { Window } from '../bookings/index.ts'
import { isVisible, type Sight } from '../customers/index.ts'
import { classes, classSlots } from './tables.ts'
import { bookings } from '../bookings/tables.ts'

/** How many wait before it and it itself: who left the queue has left it, and new ones come last. */
const waitingListPosition = sql<number | null>`case when ${bookings.status} = 'WAITING_LIST' then (
  select count(*)::int from bookings w where w.class_slot_id = ${bookings.classSlotId} and w.status = 'WAITING_LIST'
    and w.queue_no <= ${bookings.queueNo}) end`

/** Holds, which have no customer, must be left out. */
const selectListed = (db: Queryable) =>
  db
    .select({
      bookingId: bookings.id,
      customerId: sql<number>`${bookings.customerId}`,
      status: bookings.status,
      confirmDeadline: bookings.confirmDeadline,
      participantStatus: bookings.participantStatus,
      start: bookings.startsAt,
      end: bookings.endsAt,
      classSlotId: classSlots.id,
      slotStatus: classSlots.status,
      classId: classes.id,
      waitingListPosition,
      attendanceDefault: classes.attendanceDefault,
    })
    .from(bookings)
    .innerJoin(classSlots, and(eq(classSlots.tenantId, bookings.tenantId), eq(classSlots.id, bookings.classSlotId)))
    .innerJoin(classes, and(eq(classes.tenantId, classSlots.tenantId), eq(classes.id, classSlots.classId)))

const selectBooking = prepared((db) =>
  selectListed(db)
    .where(
      and(
        eq(bookings.id, sql.placeholder('bookingId')),
        eq(bookings.studioId, sql.placeholder('studioId')),
        isNotNull(bookings.customerId),
      ),
    )
    .prepare('classes_find_shown_booking'),
)

/** A class booking of the studio with what its effective state depends on. */
export async function findListedBooking(db: Queryable, studioId: number, bookingId: number) {
  const [row] = await selectBooking(db).execute({ studioId, bookingId })
  return row
}

export type ListedBooking = NonNullable<Awaited<ReturnType<typeof findListedBooking>>>

const selectBookings = prepared((db) =>
  selectListed(db)
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
export function listListedBookings(
  db: Queryable,
  of: { readonly studioId: number; readonly customerId: number },
  window: Window,
): Promise<ListedBooking[]> {
  return selectBookings(db).execute({ ...of, ...window })
}

const bookingsStarting = prepared((db) =>
  selectListed(db)
    .where(
      and(
        eq(bookings.customerId, sql.placeholder('customerId')),
        eq(bookings.studioId, sql.placeholder('studioId')),
        gte(bookings.startsAt, sql.placeholder('from')),
        lt(bookings.startsAt, sql.placeholder('until')),
      ),
    )
    .orderBy(asc(bookings.startsAt), asc(bookings.id))
    .prepare('classes_list_starting_bookings'),
)

/** A customer's class bookings in the studio that start within the window, canceled ones included, by start and id. */
export function listStartingBookings(
  db: Queryable,
  of: { readonly studioId: number; readonly customerId: number },
  window: Window,
): Promise<ListedBooking[]> {
  return bookingsStarting(db).execute({ ...of, ...window })
}

const bookingsOfStudio = prepared((db) =>
  selectListed(db)
    .innerJoin(customers, and(eq(customers.tenantId, bookings.tenantId), eq(customers.id, bookings.customerId)))
    .where(
      and(
        eq(classSlots.studioId, sql.placeholder('studioId')),
        gte(classSlots.startAt, sql.placeholder('from')),
        lt(classSlots.startAt, sql.placeholder('until')),
        isVisible,
      ),
    )
    .orderBy(asc(classSlots.startAt), asc(bookings.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('skipped'))
    .prepare('classes_list_bookings_of_studio'),
)

/** One page of a studio's class bookings, of all customers whom the sight sees. */
export interface StudioBookingPage extends Window {
  readonly studioId: number
  readonly sight: Sight
  readonly skipped: number
  readonly limit: number
}

/** Class bookings of the studio whose slot starts within the window, canceled ones included, by start and id. */
export function listBookingsOfStudio(db: Queryable, { sight, ...page }: StudioBookingPage): Promise<ListedBooking[]> {
  return bookingsOfStudio(db).execute({ ...page, ...sight })
}
