import { eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { sandboxCharges } from '../tables.ts'

export type SandboxCharge = typeof sandboxCharges.$inferSelect
type NewCharge = Pick<typeof sandboxCharges.$inferInsert, 'key' | 'behaviour' | 'amount' | 'currency' | 'state'>

export async function findCharge(db: Queryable, key: string): Promise<SandboxCharge | undefined> {
  const [row] = await db.select().from(sandboxCharges).where(eq(sandboxCharges.key, key))
  return row
}

export async function lockCharge(tx: Tx, key: string): Promise<SandboxCharge | undefined> {
  const [row] = await tx.select().from(sandboxCharges).where(eq(sandboxCharges.key, key)).for('update')
  return row
}

/** Adds a charge; one that has the key already stays as it is. */
export async function insertCharge(tx: Tx, charge: NewCharge, now: Temporal.Instant) {
  await tx
    .insert(sandboxCharges)
    .values({ ...charge, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: [sandboxCharges.tenantId, sandboxCharges.key] })
}

type Changes = Partial<Pick<SandboxCharge, 'state' | 'capturedAt'>>

export async function updateCharge(tx: Tx, id: number, changes: Changes, now: Temporal.Instant) {
  await tx
    .update(sandboxCharges)
    .set({ ...changes, updatedAt: now, version: sql`${sandboxCharges.version} + 1` })
    .where(eq(sandboxCharges.id, id))
}
