import { inArray, sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import { entitlements } from './tables.ts'

export async function moveEntitlements(
  tx: Tx,
  contractIds: readonly number[],
  homeStudioId: number,
  now: Temporal.Instant,
) {
  if (contractIds.length === 0) return
  await tx
    .update(entitlements)
    .set({ homeStudioId, updatedAt: now, version: sql`${entitlements.version} + 1` })
    .where(inArray(entitlements.contractId, [...contractIds]))
}
