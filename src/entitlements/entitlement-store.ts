import type { Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { entitlements } from './tables.ts'

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewEntitlement = Omit<typeof entitlements.$inferInsert, Fill>

export async function insertEntitlement(tx: Tx, entitlement: NewEntitlement, now: Temporal.Instant): Promise<number> {
  const values = { ...entitlement, createdAt: now, updatedAt: now }
  const rows = await tx.insert(entitlements).values(values).returning({ id: entitlements.id })
  return returnedId(rows)
}
