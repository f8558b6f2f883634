import { and, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { integrations } from '../../integrations/tables.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { accessMediums } from '../tables.ts'

type Fill = 'tenantId' | 'updatedAt' | 'version' | 'removedAt'
export type NewMedium = Omit<typeof accessMediums.$inferInsert, Fill | 'createdAt'>

const isActive = (now: Temporal.Instant) =>
  and(isNull(accessMediums.removedAt), or(isNull(accessMediums.validUntil), gt(accessMediums.validUntil, now)))

const mediumColumns = {
  id: accessMediums.id,
  customerId: accessMediums.customerId,
  type: accessMediums.type,
  valueNorm: accessMediums.valueNorm,
  ownerIntegrationId: accessMediums.ownerIntegrationId,
  validUntil: accessMediums.validUntil,
}

/** Who holds one of these values now, in the whole tenant. */
export async function findHolder(db: Queryable, type: NewMedium['type'], values: readonly string[]) {
  const [row] = await db
    .select(mediumColumns)
    .from(accessMediums)
    .where(
      and(eq(accessMediums.type, type), inArray(accessMediums.valueNorm, [...values]), isNull(accessMediums.removedAt)),
    )
  return row
}

/** Frees values whose media have expired, so that they can be given away again. Answers the ids of those media. */
export async function releaseExpired(
  tx: Tx,
  { type, values }: { readonly type: NewMedium['type']; readonly values: readonly string[] },
  now: Temporal.Instant,
) {
  return tx
    .update(accessMediums)
    .set({ removedAt: now, updatedAt: now, version: sql`${accessMediums.version} + 1` })
    .where(
      and(
        eq(accessMediums.type, type),
        inArray(accessMediums.valueNorm, [...values]),
        isNull(accessMediums.removedAt),
        lte(accessMediums.validUntil, now),
      ),
    )
    .returning({ id: accessMediums.id })
}

/** A medium that has not been removed; it may have expired. */
export async function findMedium(db: Queryable, mediumId: number) {
  const [row] = await db
    .select(mediumColumns)
    .from(accessMediums)
    .where(and(eq(accessMediums.id, mediumId), isNull(accessMediums.removedAt)))
  return row
}

export async function countMediums(db: Queryable, customerId: number, now: Temporal.Instant): Promise<number> {
  return db.$count(accessMediums, and(eq(accessMediums.customerId, customerId), isActive(now)))
}

/** The active media of a customer with the name of the integration that owns each; PINs are sealed. */
export async function listMediums(db: Queryable, customerId: number, now: Temporal.Instant) {
  return db
    .select({ ...mediumColumns, valueEnc: accessMediums.valueEnc, owner: integrations.name })
    .from(accessMediums)
    .leftJoin(
      integrations,
      and(eq(integrations.tenantId, accessMediums.tenantId), eq(integrations.id, accessMediums.ownerIntegrationId)),
    )
    .where(and(eq(accessMediums.customerId, customerId), isActive(now)))
    .orderBy(accessMediums.id)
}

export async function insertMedium(tx: Tx, medium: NewMedium, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(accessMediums)
    .values({ ...medium, createdAt: now, updatedAt: now })
    .returning({ id: accessMediums.id })
  return returnedId(rows)
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

/** Ends media at `at` that would count longer. Answers those that it ended. */
export async function updateMediumEnds(tx: Tx, mediumIds: readonly number[], at: Temporal.Instant) {
  return tx
    .update(accessMediums)
    .set({ validUntil: at, updatedAt: at, version: sql`${accessMediums.version} + 1` })
    .where(and(inArray(accessMediums.id, [...mediumIds]), isActive(at)))
    .returning({ id: accessMediums.id, customerId: accessMediums.customerId })
}

/** Gives a medium another value. */
export async function updateMediumValue(
  tx: Tx,
  mediumId: number,
  value: { readonly valueNorm: string; readonly valueEnc?: Buffer },
  now: Temporal.Instant,
) {
  await tx
    .update(accessMediums)
    .set({ ...value, updatedAt: now, version: sql`${accessMediums.version} + 1` })
    .where(eq(accessMediums.id, mediumId))
}
