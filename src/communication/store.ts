import { eq } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database.ts'
import { commConfigs, consentLog, customerCommPreferences } from './tables.ts'

/** What a studio offers, as far as its staff have configured it. */
export function listChannelConfigs(db: Queryable, studioId: number) {
  return db
    .select({
      category: commConfigs.category,
      channel: commConfigs.channel,
      available: commConfigs.available,
      defaultActive: commConfigs.defaultActive,
      customerOverridable: commConfigs.customerOverridable,
    })
    .from(commConfigs)
    .where(eq(commConfigs.studioId, studioId))
}

export async function insertPreferences(
  tx: Tx,
  rows: readonly Omit<typeof customerCommPreferences.$inferInsert, 'tenantId'>[],
) {
  if (rows.length > 0) await tx.insert(customerCommPreferences).values([...rows])
}

export async function insertConsentLines(tx: Tx, rows: readonly Omit<typeof consentLog.$inferInsert, 'tenantId'>[]) {
  if (rows.length > 0) await tx.insert(consentLog).values([...rows])
}
