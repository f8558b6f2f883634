import { and, desc, eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { paymentDisputes, payments } from '../tables.ts'

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

const MOST = 500

/** Disputes as staff see them, the latest first. */
export function listDisputes(db: Queryable, state: DisputeRow['state'] | undefined) {
  const { paymentId, providerRef, amount, currency } = paymentDisputes
  return db
    .select({
      paymentId,
      customerId: payments.customerId,
      providerRef,
      amount,
      currency,
      state: paymentDisputes.state,
    })
    .from(paymentDisputes)
    .innerJoin(payments, and(eq(payments.tenantId, paymentDisputes.tenantId), eq(payments.id, paymentId)))
    .where(state && eq(paymentDisputes.state, state))
    .orderBy(desc(paymentDisputes.id))
    .limit(MOST)
}
