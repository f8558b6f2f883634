import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import { customers } from './customer-table.ts'

/** The phase of a row on a local date, by the same rule as `judgeStatus`. */
const statusOn = (today: Temporal.PlainDate): SQL<string> =>
  sql`case when ${customers.membershipUntil} is null then 'PROSPECT'
    when ${customers.membershipUntil} >= ${today.toString()}::date then 'MEMBER' else 'FORMER_MEMBER' end`

/** Stores the present status of all customers of a studio whose partners last received another one. */
export function announceStatuses(tx: Tx, studioId: number, today: Temporal.PlainDate, now: Temporal.Instant) {
  const status = statusOn(today)
  return tx
    .update(customers)
    .set({ announcedStatus: status as SQL<'MEMBER'>, updatedAt: now })
    .where(
      and(
        eq(customers.studioId, studioId),
        isNull(customers.erasedAt),
        eq(customers.system, false),
        sql`${customers.announcedStatus} <> ${status}`,
      ),
    )
    .returning({ id: customers.id, status: customers.announcedStatus })
}

/** Stores until when a customer is a member, and what follows from it; undefined for nobody or when nothing changes. */
export async function updateMembershipUntil(
  tx: Tx,
  customerId: number,
  change: { readonly until: Temporal.PlainDate | 'FOREVER' | null; readonly today: Temporal.PlainDate },
  now: Temporal.Instant,
) {
  const until = change.until === 'FOREVER' ? 'infinity' : (change.until?.toString() ?? null)
  const [before] = await tx
    .select({ studioId: customers.studioId, announced: customers.announcedStatus })
    .from(customers)
    .where(and(eq(customers.id, customerId), isNull(customers.erasedAt)))
    .for('update')
  if (!before) return undefined
  const [after] = await tx
    .update(customers)
    .set({ membershipUntil: sql`${until}::date`, updatedAt: now, version: sql`${customers.version} + 1` })
    .where(eq(customers.id, customerId))
    .returning({ status: statusOn(change.today) })
  return { ...before, status: after?.status as typeof before.announced }
}

export async function updateAnnouncedStatus(
  tx: Tx,
  customerId: number,
  status: 'PROSPECT' | 'MEMBER' | 'FORMER_MEMBER',
) {
  await tx.update(customers).set({ announcedStatus: status }).where(eq(customers.id, customerId))
}
