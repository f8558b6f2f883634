import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { collectionBans, collectionBlocks } from '../tables.ts'

export type BlockRow = typeof collectionBlocks.$inferSelect
type NewBlock = Omit<typeof collectionBlocks.$inferInsert, 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'>

/** A list of ids as one value, so that the statement is the same for any number of them. */
export const idList = (ids: readonly number[]): SQL => sql`${`{${ids.join(',')}}`}::bigint[]`

/** All blocks of customers and of their claims, whether they still hold or not. */
export function listBlocks(db: Queryable, customerIds: readonly number[]): Promise<BlockRow[]> {
  return db
    .select()
    .from(collectionBlocks)
    .where(sql`${collectionBlocks.customerId} = any(${idList(customerIds)})`)
    .orderBy(collectionBlocks.id)
}

type BlockTarget = Pick<NewBlock, 'customerId' | 'claimId' | 'source' | 'integrationId' | 'caseId'>

const isTarget = ({ customerId, claimId, source, integrationId, caseId }: BlockTarget) =>
  and(
    eq(collectionBlocks.customerId, customerId),
    eq(collectionBlocks.source, source),
    sql`${collectionBlocks.claimId} is not distinct from ${claimId ?? null}::bigint`,
    sql`${collectionBlocks.integrationId} is not distinct from ${integrationId ?? null}::bigint`,
    sql`${collectionBlocks.caseId} is not distinct from ${caseId ?? null}::bigint`,
  )

/** Stores the one block that a source has set on a customer or claim; it replaces an earlier one. The customer is locked. */
export async function saveBlock(tx: Tx, block: NewBlock, now: Temporal.Instant): Promise<number> {
  const { limitType, endDate = null, reason = null } = block
  const [changed] = await tx
    .update(collectionBlocks)
    .set({ limitType, endDate, reason, updatedAt: now, version: sql`${collectionBlocks.version} + 1` })
    .where(isTarget(block))
    .returning({ id: collectionBlocks.id })
  if (changed) return changed.id
  const rows = await tx
    .insert(collectionBlocks)
    .values({ ...block, createdAt: now, updatedAt: now })
    .returning({ id: collectionBlocks.id })
  return returnedId(rows)
}

/** Removes what an agency has set on a customer or claim; answers whether there was anything. */
export async function deleteAgencyBlock(
  tx: Tx,
  {
    customerId,
    claimId,
    integrationId,
  }: { readonly customerId: number; readonly claimId: number | null; readonly integrationId: number },
): Promise<boolean> {
  const rows = await tx
    .delete(collectionBlocks)
    .where(
      and(
        eq(collectionBlocks.customerId, customerId),
        claimId === null ? isNull(collectionBlocks.claimId) : eq(collectionBlocks.claimId, claimId),
        eq(collectionBlocks.source, 'AGENCY'),
        eq(collectionBlocks.integrationId, integrationId),
      ),
    )
    .returning({ id: collectionBlocks.id })
  return rows.length > 0
}

/** Removes what followed from the rejection of a case. */
export async function deleteCaseBlocks(tx: Tx, caseId: number) {
  await tx.delete(collectionBlocks).where(eq(collectionBlocks.caseId, caseId))
}

export async function findBlock(db: Queryable, blockId: number): Promise<BlockRow | undefined> {
  const [row] = await db.select().from(collectionBlocks).where(eq(collectionBlocks.id, blockId))
  return row
}

export async function deleteBlockRow(tx: Tx, blockId: number) {
  await tx.delete(collectionBlocks).where(eq(collectionBlocks.id, blockId))
}

export async function findBan(db: Queryable, customerId: number): Promise<number | undefined> {
  const [row] = await db.select().from(collectionBans).where(eq(collectionBans.customerId, customerId))
  return row?.restrictionId
}

export async function insertBan(tx: Tx, customerId: number, restrictionId: number) {
  await tx.insert(collectionBans).values({ customerId, restrictionId })
}

export async function deleteBan(tx: Tx, customerId: number) {
  await tx.delete(collectionBans).where(eq(collectionBans.customerId, customerId))
}

/** Forgets all blocks of a person. */
export async function deletePersonBlocks(tx: Tx, customerId: number) {
  await tx.delete(collectionBlocks).where(eq(collectionBlocks.customerId, customerId))
  await deleteBan(tx, customerId)
}

/** Blocks as staff see them, also those that are over. */
export function listStaffBlocks(db: Queryable, customerId: number | undefined) {
  const { id, claimId, source, integrationId, limitType, endDate, reason } = collectionBlocks
  return db
    .select({ id, customerId: collectionBlocks.customerId, claimId, source, integrationId, limitType, endDate, reason })
    .from(collectionBlocks)
    .where(customerId === undefined ? undefined : eq(collectionBlocks.customerId, customerId))
    .orderBy(collectionBlocks.customerId, id)
}
