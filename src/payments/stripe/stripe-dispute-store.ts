import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database/database.ts'
import { paymentDisputes } from '../tables.ts'

type DisputeRow = typeof paymentDisputes.$inferSelect

/** A dispute by the name that the provider gives it, held until the unit ends. */
export async function findDispute(tx: Tx, providerRef: string): Promise<DisputeRow | undefined> {
  const [row] = await tx
    .select()
    .from(paymentDisputes)
    .where(eq(paymentDisputes.providerRef, providerRef))
    .for('update')
  return row
}

type NewDispute = Pick<
  typeof paymentDisputes.$inferInsert,
  'providerRef' | 'paymentId' | 'amount' | 'currency' | 'state'
>

export async function insertDispute(tx: Tx, dispute: NewDispute, now: Temporal.Instant) {
  await tx.insert(paymentDisputes).values({ ...dispute, createdAt: now, updatedAt: now })
}

export async function updateDispute(tx: Tx, id: number, state: DisputeRow['state'], now: Temporal.Instant) {
  await tx
    .update(paymentDisputes)
    .set({ state, updatedAt: now, version: sql`${paymentDisputes.version} + 1` })
    .where(eq(paymentDisputes.id, id))
}
