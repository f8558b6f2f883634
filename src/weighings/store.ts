import { and, desc, eq, gte, inArray, isNotNull } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { customers } from '../customers/customer-table.ts'
import { weighings } from './tables.ts'

export type WeighingRow = typeof weighings.$inferSelect
export type NewWeighing = Omit<typeof weighings.$inferInsert, 'tenantId' | 'createdAt'>

export async function insertWeighing(tx: Tx, weighing: NewWeighing, now: Temporal.Instant): Promise<WeighingRow> {
  const [row] = await tx
    .insert(weighings)
    .values({ ...weighing, createdAt: now })
    .returning()
  return row as WeighingRow
}

/** The weighing that an integration sent with the same raw results since a moment. */
export async function findRepeatedWeighing(
  db: Queryable,
  same: { readonly customerId: number; readonly integrationId: number; readonly rawHashes: readonly Buffer[] },
  since: Temporal.Instant,
): Promise<WeighingRow | undefined> {
  const [row] = await db
    .select()
    .from(weighings)
    .where(
      and(
        eq(weighings.customerId, same.customerId),
        gte(weighings.measuredAt, since),
        eq(weighings.integrationId, same.integrationId),
        inArray(weighings.rawHash, [...same.rawHashes]),
      ),
    )
    .orderBy(desc(weighings.measuredAt), desc(weighings.id))
    .limit(1)
  return row
}

/** Centimetres: what was measured last, else what the staff have entered. */
export async function findHeight(db: Queryable, customerId: number): Promise<string | undefined> {
  const [measured] = await db
    .select({ height: weighings.height })
    .from(weighings)
    .where(and(eq(weighings.customerId, customerId), isNotNull(weighings.height)))
    .orderBy(desc(weighings.measuredAt), desc(weighings.id))
    .limit(1)
  if (measured?.height) return measured.height
  const [entered] = await db.select({ height: customers.heightCm }).from(customers).where(eq(customers.id, customerId))
  return entered?.height?.toString()
}

export async function listWeighings(db: Queryable, customerId: number): Promise<WeighingRow[]> {
  return db
    .select()
    .from(weighings)
    .where(eq(weighings.customerId, customerId))
    .orderBy(desc(weighings.measuredAt), desc(weighings.id))
}

export async function findWeighingOwner(db: Queryable, weighingId: number): Promise<number | undefined> {
  const [row] = await db
    .select({ customerId: weighings.customerId })
    .from(weighings)
    .where(eq(weighings.id, weighingId))
  return row?.customerId
}

export async function deleteWeighingRow(tx: Tx, weighingId: number) {
  const [row] = await tx
    .delete(weighings)
    .where(eq(weighings.id, weighingId))
    .returning({ benefitUsageId: weighings.benefitUsageId })
  return row
}

/** Stores the height in centimetres; answers the one before, or undefined when nobody is there. */
export async function updateHeight(tx: Tx, customerId: number, heightCm: number | null, now: Temporal.Instant) {
  const [before] = await tx.select({ heightCm: customers.heightCm }).from(customers).where(eq(customers.id, customerId))
  await tx.update(customers).set({ heightCm, updatedAt: now }).where(eq(customers.id, customerId))
  return before
}

export async function deleteCustomerWeighings(tx: Tx, customerId: number) {
  await tx.delete(weighings).where(eq(weighings.customerId, customerId))
}
