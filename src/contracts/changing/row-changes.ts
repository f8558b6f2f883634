import { eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database/database.ts'
import type { CancelationRow } from '../signed/contract-store.ts'
import { contractCancelations, idlePeriods } from '../tables.ts'

type NewCancelation = Omit<
  typeof contractCancelations.$inferInsert,
  'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
>

/** Adds the cancelation of a contract or of a module contract. */
export async function insertCancelation(tx: Tx, cancelation: NewCancelation, now: Temporal.Instant) {
  await tx.insert(contractCancelations).values({ ...cancelation, createdAt: now, updatedAt: now })
}

export async function updateCancelationState(
  tx: Tx,
  cancelationId: number,
  state: CancelationRow['state'],
  now: Temporal.Instant,
) {
  await tx
    .update(contractCancelations)
    .set({ state, updatedAt: now, version: sql`${contractCancelations.version} + 1` })
    .where(eq(contractCancelations.id, cancelationId))
}

type PauseChange = Partial<Pick<typeof idlePeriods.$inferInsert, 'state' | 'endDate' | 'unlimited' | 'pendingChange'>>

/** Changes pauses alike, for instance those that a contract does not reach any more. */
export async function updatePauses(tx: Tx, ids: readonly number[], change: PauseChange, now: Temporal.Instant) {
  if (ids.length === 0) return
  await tx
    .update(idlePeriods)
    .set({ ...change, updatedAt: now, version: sql`${idlePeriods.version} + 1` })
    .where(inArray(idlePeriods.id, [...ids]))
}
