import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import type { NewEntitlement } from './entitlement-store.ts'
import { entitlements } from './tables.ts'

export type ContractEntitlement = typeof entitlements.$inferSelect

/** What a contract and its modules entitle to, by the first day. */
export function listContractEntitlements(db: Queryable, contractId: number): Promise<ContractEntitlement[]> {
  return db
    .select()
    .from(entitlements)
    .where(eq(entitlements.contractId, contractId))
    .orderBy(asc(entitlements.validFrom), asc(entitlements.id))
}

export async function insertEntitlements(tx: Tx, rows: readonly NewEntitlement[], now: Temporal.Instant) {
  if (rows.length === 0) return
  await tx.insert(entitlements).values(rows.map((row) => ({ ...row, createdAt: now, updatedAt: now })))
}

export async function updateEntitlement(tx: Tx, id: number, changes: Partial<NewEntitlement>, now: Temporal.Instant) {
  await tx
    .update(entitlements)
    .set({ ...changes, updatedAt: now, version: sql`${entitlements.version} + 1` })
    .where(eq(entitlements.id, id))
}

/** What these module contracts entitle to goes over to another contract with them; uses keep their rows. */
export async function moveModuleEntitlements(
  tx: Tx,
  { contractId, moduleContractIds }: { readonly contractId: number; readonly moduleContractIds: readonly number[] },
  now: Temporal.Instant,
) {
  if (moduleContractIds.length === 0) return
  await tx
    .update(entitlements)
    .set({ contractId, updatedAt: now, version: sql`${entitlements.version} + 1` })
    .where(inArray(entitlements.subContractId, [...moduleContractIds]))
}
