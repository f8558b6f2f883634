import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database.ts'
import { accessMediums, accessRestrictions } from './tables.ts'

type Fill = 'tenantId' | 'updatedAt' | 'version' | 'removedAt'
export type NewMedium = Omit<typeof accessMediums.$inferInsert, Fill | 'createdAt'>
export type NewRestriction = Omit<typeof accessRestrictions.$inferInsert, Fill | 'createdAt'>

/** Who holds one of these values now, in the whole tenant. */
export async function findHolder(
  db: Queryable,
  type: NewMedium['type'],
  values: readonly string[],
): Promise<{ readonly id: number; readonly customerId: number } | undefined> {
  const [row] = await db
    .select({ id: accessMediums.id, customerId: accessMediums.customerId })
    .from(accessMediums)
    .where(
      and(eq(accessMediums.type, type), inArray(accessMediums.valueNorm, [...values]), isNull(accessMediums.removedAt)),
    )
  return row
}

export async function countMediums(db: Queryable, customerId: number): Promise<number> {
  return db.$count(accessMediums, and(eq(accessMediums.customerId, customerId), isNull(accessMediums.removedAt)))
}

export async function insertMedium(tx: Tx, medium: NewMedium, now: Temporal.Instant): Promise<number> {
  const [row] = await tx
    .insert(accessMediums)
    .values({ ...medium, createdAt: now, updatedAt: now })
    .returning({ id: accessMediums.id })
  return row?.id as number
}

/** Frees the value of a medium; undefined when it is gone already. */
export async function removeMediumRow(tx: Tx, mediumId: number, now: Temporal.Instant) {
  const [row] = await tx
    .update(accessMediums)
    .set({ removedAt: now, updatedAt: now, version: sql`${accessMediums.version} + 1` })
    .where(and(eq(accessMediums.id, mediumId), isNull(accessMediums.removedAt)))
    .returning({ customerId: accessMediums.customerId })
  return row
}

export async function insertRestriction(tx: Tx, restriction: NewRestriction, now: Temporal.Instant): Promise<number> {
  const [row] = await tx
    .insert(accessRestrictions)
    .values({ ...restriction, createdAt: now, updatedAt: now })
    .returning({ id: accessRestrictions.id })
  return row?.id as number
}

export async function deleteRestrictionRow(tx: Tx, restrictionId: number) {
  const [row] = await tx
    .delete(accessRestrictions)
    .where(eq(accessRestrictions.id, restrictionId))
    .returning({ customerId: accessRestrictions.customerId })
  return row
}
