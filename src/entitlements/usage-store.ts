import { and, eq, inArray, sql } from 'drizzle-orm'
import { constant } from '../platform/database/columns.ts'
import { preparedWrite, type Tx } from '../platform/database/database.ts'
import { entitlementUsages } from './tables.ts'

/** One use of an entitlement by a booking; `periodStart` is the first day of the period that it counts in. */
export interface NewUsage {
  readonly entitlementId: number
  readonly bookingId: number
  readonly serviceDate: Temporal.PlainDate
  readonly periodStart: Temporal.PlainDate
}

const usageInsert = preparedWrite((tx) =>
  tx
    .insert(entitlementUsages)
    .values({
      entitlementId: sql.placeholder('entitlementId'),
      bookingId: sql.placeholder('bookingId'),
      serviceDate: sql.placeholder('serviceDate'),
      periodStart: sql.placeholder('periodStart'),
      state: 'RESERVED',
      createdAt: sql.placeholder('now'),
      updatedAt: sql.placeholder('now'),
    })
    .prepare('memberships_insert_usage'),
)

/**
 * The uses as a query of a statement that books: `booked` is a table with the ids of the bookings, and `wanted` one with
 * {@link usageColumns} for each of them. Without an entitlement it writes nothing. As {@link reserveUsage}.
 */
export const usageQuery = (wanted: string, booked: string) => `
    insert into entitlement_usages (entitlement_id, booking_id, service_date, period_start, state, created_at, updated_at)
    select use."entitlementId", use.id, use."serviceDate", use."periodStart", 'RESERVED', use.now, use.now
    from ${wanted} use where use."entitlementId" is not null and use.id in (select id from ${booked})`

/** The columns that {@link usageQuery} reads besides `id` and `now`. */
export const usageColumns = '"entitlementId" bigint, "serviceDate" date, "periodStart" date'

/** The values of {@link usageColumns}; null for a booking that costs no use. */
export const usageValues = (use: Omit<NewUsage, 'bookingId'> | null) => ({
  entitlementId: use?.entitlementId ?? null,
  serviceDate: use?.serviceDate.toString() ?? null,
  periodStart: use?.periodStart.toString() ?? null,
})

/** Takes one use for a booking that has got its seat or time. The customer must be locked: that is what counts are safe under. */
export async function reserveUsage(tx: Tx, usage: NewUsage, now: Temporal.Instant) {
  await usageInsert(tx).execute({ ...usage, now })
}

/** The bookings are over, or were canceled too late: what they had reserved is used up. */
export function consumeUsages(tx: Tx, bookingIds: readonly number[], now: Temporal.Instant) {
  return endUsages(tx, bookingIds, { state: 'CONSUMED', updatedAt: now })
}

/** The bookings were canceled in time: what they had reserved is free again. */
export function releaseUsages(tx: Tx, bookingIds: readonly number[], now: Temporal.Instant) {
  return endUsages(tx, bookingIds, { state: 'RELEASED', updatedAt: now })
}

async function endUsages(
  tx: Tx,
  bookingIds: readonly number[],
  end: { readonly state: 'CONSUMED' | 'RELEASED'; readonly updatedAt: Temporal.Instant },
) {
  if (bookingIds.length === 0) return
  await tx
    .update(entitlementUsages)
    .set(end)
    .where(
      and(inArray(entitlementUsages.bookingId, [...bookingIds]), eq(entitlementUsages.state, constant('RESERVED'))),
    )
}
