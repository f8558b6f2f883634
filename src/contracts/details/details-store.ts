import { eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { insertCheckinStudios } from '../signing/signing-store.ts'
import { contractCheckinStudios, contracts } from '../tables.ts'

/** Where a contract lets its member in, by id; null stands for everywhere. */
export async function listCheckinStudios(db: Queryable, contractId: number): Promise<(number | null)[]> {
  const { studioId } = contractCheckinStudios
  const rows = await db
    .select({ studioId })
    .from(contractCheckinStudios)
    .where(eq(contractCheckinStudios.contractId, contractId))
    .orderBy(studioId)
  return rows.map((row) => row.studioId)
}

export async function replaceCheckinStudios(
  tx: Tx,
  contractId: number,
  studioIds: readonly (number | null)[],
  now: Temporal.Instant,
) {
  await tx.delete(contractCheckinStudios).where(eq(contractCheckinStudios.contractId, contractId))
  await insertCheckinStudios(tx, contractId, studioIds, now)
}

export async function updateNotes(tx: Tx, contractId: number, notes: string | null, now: Temporal.Instant) {
  await tx
    .update(contracts)
    .set({ notes, updatedAt: now, version: sql`${contracts.version} + 1` })
    .where(eq(contracts.id, contractId))
}
