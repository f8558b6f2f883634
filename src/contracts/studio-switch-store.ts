import { and, eq, gte, isNull, sql } from 'drizzle-orm'
import type { StudioSwitch } from '../customers/index.ts'
import type { Tx } from '../platform/database/database.ts'
import { contracts } from './tables.ts'

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
