import { and, asc, eq, gt, isNull, lte, type SQL, sql } from 'drizzle-orm'
import { constant } from '../platform/database/columns.ts'
import { preparedWrite, type Tx } from '../platform/database/database.ts'
import { bookingState, type StoredBooking } from './booking-store.ts'
import { bookings } from './tables.ts'

/** A visit counts for a booking from this long before its start until its end. */
const EARLY = sql.raw(`interval '60 minutes'`)
/** No booking is longer; keeps the search of a customer's bookings short. */
const LONGEST = sql.raw(`interval '32 days'`)

/** Whether a customer has a booking in the studio for which the customer may come at `at`: a part of other statements. */
export function hasAdmittingBooking(question: {
  readonly customerId: SQL
  readonly studioId: SQL
  readonly at: SQL
}): SQL<boolean> {
  const { customerId, studioId, at } = question
  return sql<boolean>`exists (select from bookings b where b.customer_id = ${customerId} and b.studio_id = ${studioId}
    and b.status = 'BOOKED' and b.starts_at <= ${at} + ${EARLY} and b.starts_at > ${at} - ${LONGEST} and b.ends_at > ${at})`
}

const at = sql`${sql.placeholder('at')}::timestamptz`
const lockOpen = preparedWrite((tx) =>
  tx
    .select(bookingState)
    .from(bookings)
    .where(
      and(
        eq(bookings.customerId, sql.placeholder('customerId')),
        eq(bookings.studioId, sql.placeholder('studioId')),
        eq(bookings.status, constant('BOOKED')),
        eq(bookings.participantStatus, constant('UNSET')),
        isNull(bookings.settledAt),
        lte(bookings.startsAt, sql`${at} + ${EARLY}`),
        gt(bookings.startsAt, sql`${at} - ${LONGEST}`),
        gt(bookings.endsAt, at),
      ),
    )
    .orderBy(asc(bookings.id))
    .for('no key update')
    .prepare('classes_lock_attended'),
)

/** Locks the bookings of either kind for which a visit at `at` counts and whose attendance is not stored yet. */
export function lockAttended(
  tx: Tx,
  visit: { readonly customerId: number; readonly studioId: number; readonly at: Temporal.Instant },
): Promise<StoredBooking[]> {
  const { customerId, studioId, at } = visit
  return lockOpen(tx).execute({ customerId, studioId, at: at.toString() })
}
