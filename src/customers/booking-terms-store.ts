import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import { customers } from './customer-table.ts'

/** What staff set of the bookings of a customer. */
export type BookingTerms = Pick<
  typeof customers.$inferSelect,
  'memberCodes' | 'bookingBlockReason' | 'bookingBlockUntil'
>

export async function findBookingTerms(tx: Tx, customerId: number) {
  const { memberCodes, bookingBlockReason, bookingBlockUntil, studioId } = customers
  const [row] = await tx
    .select({ memberCodes, bookingBlockReason, bookingBlockUntil, studioId })
    .from(customers)
    .where(eq(customers.id, customerId))
  return row
}

export async function updateBookingTerms(
  tx: Tx,
  customerId: number,
  terms: Partial<BookingTerms>,
  now: Temporal.Instant,
) {
  await tx
    .update(customers)
    .set({ ...terms, updatedAt: now, version: sql`${customers.version} + 1` })
    .where(eq(customers.id, customerId))
}
