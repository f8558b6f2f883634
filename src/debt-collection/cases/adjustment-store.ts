import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { caseAdjustmentRequests, collectionCases, debtCollectionRuns } from '../tables.ts'

type NewAdjustment = Pick<typeof caseAdjustmentRequests.$inferInsert, 'caseId' | 'kind' | 'before' | 'after'>

/** Notes what staff have changed of a case that an agency has. */
export async function insertAdjustment(tx: Tx, adjustment: NewAdjustment, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(caseAdjustmentRequests)
    .values({ ...adjustment, state: 'OPEN', createdAt: now, updatedAt: now })
    .returning({ id: caseAdjustmentRequests.id })
  return returnedId(rows)
}

export async function findAdjustment(db: Queryable, adjustmentId: number) {
  const [row] = await db.select().from(caseAdjustmentRequests).where(eq(caseAdjustmentRequests.id, adjustmentId))
  return row
}

const seen = (now: Temporal.Instant) =>
  ({
    state: 'ACKNOWLEDGED',
    acknowledgedAt: now,
    updatedAt: now,
    version: sql`${caseAdjustmentRequests.version} + 1`,
  }) as const

/** Notes that the agency has seen a change, or has gone on with its cases. */
export async function acknowledgeAdjustment(tx: Tx, adjustmentId: number, now: Temporal.Instant) {
  await tx
    .update(caseAdjustmentRequests)
    .set(seen(now))
    .where(and(eq(caseAdjustmentRequests.id, adjustmentId), eq(caseAdjustmentRequests.state, 'OPEN')))
}

export async function acknowledgeCases(tx: Tx, caseIds: readonly number[], now: Temporal.Instant) {
  await tx
    .update(caseAdjustmentRequests)
    .set(seen(now))
    .where(and(inArray(caseAdjustmentRequests.caseId, [...caseIds]), eq(caseAdjustmentRequests.state, 'OPEN')))
}

/** What staff have changed, the newest first. */
export function listAdjustments(db: Queryable, studioId: number | undefined) {
  const { id, caseId, kind, before, after, state, createdAt, acknowledgedAt } = caseAdjustmentRequests
  return db
    .select({ id, caseId, kind, before, after, state, createdAt, acknowledgedAt })
    .from(caseAdjustmentRequests)
    .innerJoin(
      collectionCases,
      and(eq(collectionCases.tenantId, caseAdjustmentRequests.tenantId), eq(collectionCases.id, caseId)),
    )
    .innerJoin(
      debtCollectionRuns,
      and(eq(debtCollectionRuns.tenantId, collectionCases.tenantId), eq(debtCollectionRuns.id, collectionCases.runId)),
    )
    .where(studioId === undefined ? undefined : eq(debtCollectionRuns.studioId, studioId))
    .orderBy(desc(id))
}
