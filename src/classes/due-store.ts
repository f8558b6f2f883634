import { and, eq, gt, sql } from 'drizzle-orm'
import type { Queryable } from '../platform/database/database.ts'
import { classSlots } from './tables.ts'

/** Slots whose drain was cut short. */
export async function listPendingDrains(db: Queryable): Promise<number[]> {
  const rows = await db.select({ id: classSlots.id }).from(classSlots).where(sql`${classSlots.promotionPending}`)
  return rows.map(({ id }) => id)
}

/** Slots yet to begin that have a free seat although a customer waits: no waiting customer could take it at the last attempt. */
export async function listStuckQueues(db: Queryable, now: Temporal.Instant): Promise<number[]> {
  const isFree = sql`(${classSlots.maxParticipants} is null
    or ${classSlots.bookedCount} + ${classSlots.additionalParticipants} < ${classSlots.maxParticipants})`
  const rows = await db
    .select({ id: classSlots.id })
    .from(classSlots)
    .where(and(gt(classSlots.waitingCount, 0), eq(classSlots.status, 'PLANNED'), gt(classSlots.startAt, now), isFree))
  return rows.map(({ id }) => id)
}
