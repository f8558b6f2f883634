import { and, eq, sql } from 'drizzle-orm'
import { constant } from '../../platform/database/columns.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { accessRestrictions } from '../tables.ts'

type Fill = 'tenantId' | 'updatedAt' | 'version' | 'createdAt'
export type NewRestriction = Omit<typeof accessRestrictions.$inferInsert, Fill>
export type RestrictionRow = typeof accessRestrictions.$inferSelect

/** What a ban says and when it counts. */
export interface RestrictionTerms {
  readonly reason: string
  readonly startDate: Temporal.PlainDate | null
  readonly endDate: Temporal.PlainDate | null
}

export async function insertRestriction(tx: Tx, restriction: NewRestriction, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(accessRestrictions)
    .values({ ...restriction, createdAt: now, updatedAt: now })
    .returning({ id: accessRestrictions.id })
  return returnedId(rows)
}

/** Stores the one ban that an integration has for a customer, whether there was one or not. Answers its id. */
export async function upsertOwnRestriction(
  tx: Tx,
  own: { readonly customerId: number; readonly integrationId: number } & RestrictionTerms,
  now: Temporal.Instant,
): Promise<number> {
  const { reason, startDate, endDate } = own
  const rows = await tx
    .insert(accessRestrictions)
    .values({ ...own, source: 'INTEGRATION', createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [accessRestrictions.tenantId, accessRestrictions.customerId, accessRestrictions.integrationId],
      targetWhere: sql`source = 'INTEGRATION'`,
      set: { reason, startDate, endDate, updatedAt: now, version: sql`${accessRestrictions.version} + 1` },
    })
    .returning({ id: accessRestrictions.id })
  return returnedId(rows)
}

export async function findOwnRestriction(
  db: Queryable,
  customerId: number,
  integrationId: number,
): Promise<RestrictionRow | undefined> {
  const [row] = await db.select().from(accessRestrictions).where(isOwn(customerId, integrationId))
  return row
}

const isOwn = (customerId: number, integrationId: number) =>
  and(
    eq(accessRestrictions.customerId, customerId),
    eq(accessRestrictions.integrationId, integrationId),
    sql`${accessRestrictions.source} = ${constant('INTEGRATION')}`,
  )

export async function findRestriction(db: Queryable, restrictionId: number): Promise<RestrictionRow | undefined> {
  const [row] = await db.select().from(accessRestrictions).where(eq(accessRestrictions.id, restrictionId))
  return row
}

/** All bans of a customer, also those that are over. */
export async function listRestrictions(db: Queryable, customerId: number): Promise<RestrictionRow[]> {
  return db
    .select()
    .from(accessRestrictions)
    .where(eq(accessRestrictions.customerId, customerId))
    .orderBy(sql`${accessRestrictions.startDate} nulls first`, accessRestrictions.id)
}

export async function updateRestrictionRow(
  tx: Tx,
  restrictionId: number,
  terms: RestrictionTerms,
  now: Temporal.Instant,
) {
  await tx
    .update(accessRestrictions)
    .set({ ...terms, updatedAt: now, version: sql`${accessRestrictions.version} + 1` })
    .where(eq(accessRestrictions.id, restrictionId))
}

export async function deleteRestrictionRow(tx: Tx, restrictionId: number) {
  const [row] = await tx
    .delete(accessRestrictions)
    .where(eq(accessRestrictions.id, restrictionId))
    .returning({ customerId: accessRestrictions.customerId })
  return row
}
