import { and, eq, ne, sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import { bookings } from './tables.ts'
import type { BookingTarget } from './settling.ts'

/**
 * Moves the bookings of a slot or appointment along with it. One that comes to lie across another booking of its
 * customer leaves the rule that a customer is booked once at a time: staff's move wins.
 */
export async function moveBookings(
  tx: Tx,
  { kind, id }: BookingTarget,
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
  now: Temporal.Instant,
) {
  const start = sql`${from.toString()}::timestamptz`
  const end = sql`${until.toString()}::timestamptz`
  const collides = sql`exists (select from ${bookings} as o where o.customer_id = ${bookings.customerId}
    and o.id <> ${bookings.id} and o.status in ('BOOKED', 'BOOKED_WITH_CONFIRMATION_REQUIRED')
    and o.starts_at < ${end} and o.ends_at > ${start})`
  await tx
    .update(bookings)
    .set({
      during: { from, until },
      customerExclusive: sql`${bookings.customerExclusive} and not ${collides}`,
      confirmDeadline: sql`case when ${bookings.confirmKind} = 'STAFF' then ${start} else ${bookings.confirmDeadline} end`,
      updatedAt: now,
    })
    .where(
      and(
        kind === 'CLASS' ? eq(bookings.classSlotId, id) : eq(bookings.appointmentId, id),
        ne(bookings.status, 'CANCELED'),
      ),
    )
}
