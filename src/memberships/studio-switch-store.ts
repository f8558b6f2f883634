import { and, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import type { StudioSwitch } from '../customers/index.ts'
import type { Tx } from '../platform/database.ts'
import { contracts, entitlements } from './tables.ts'

/** The customer's contracts that are not void and do not end before the switch; answers their ids. */
export async function moveContracts(
  tx: Tx,
  { customerId, toStudioId, switchDate }: StudioSwitch,
  now: Temporal.Instant,
): Promise<number[]> {
  const rows = await tx
    .update(contracts)
    .set({ studioId: toStudioId, updatedAt: now, version: sql`${contracts.version} + 1` })
    .where(
      and(eq(contracts.customerId, customerId), isNull(contracts.voidedAt), gte(contracts.committedEnd, switchDate)),
    )
    .returning({ id: contracts.id })
  return rows.map(({ id }) => id)
}

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
