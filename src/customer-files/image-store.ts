import { eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { customers } from '../customers/customer-table.ts'

export async function findImageFileId(db: Queryable, customerId: number): Promise<number | null> {
  const [row] = await db
    .select({ imageFileId: customers.imageFileId })
    .from(customers)
    .where(eq(customers.id, customerId))
  return row?.imageFileId ?? null
}

export async function updateImageFileId(tx: Tx, customerId: number, imageFileId: number | null, now: Temporal.Instant) {
  await tx
    .update(customers)
    .set({ imageFileId, updatedAt: now, version: sql`${customers.version} + 1` })
    .where(eq(customers.id, customerId))
}
