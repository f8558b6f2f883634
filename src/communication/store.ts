import { desc, eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import type { ChannelConfig } from './preference-rules.ts'
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

/** What a customer has chosen, also where the studio does not let customers choose at present. */
export function listChoices(db: Queryable, customerId: number) {
  return db
    .select({
      category: customerCommPreferences.category,
      channel: customerCommPreferences.channel,
      active: customerCommPreferences.active,
    })
    .from(customerCommPreferences)
    .where(eq(customerCommPreferences.customerId, customerId))
}

/** Stores choices; a later one replaces the one before. */
export async function savePreferences(
  tx: Tx,
  rows: readonly Omit<typeof customerCommPreferences.$inferInsert, 'tenantId'>[],
) {
  if (rows.length === 0) return
  await tx
    .insert(customerCommPreferences)
    .values([...rows])
    .onConflictDoUpdate({
      target: [
        customerCommPreferences.tenantId,
        customerCommPreferences.customerId,
        customerCommPreferences.category,
        customerCommPreferences.channel,
      ],
      set: {
        active: sql`excluded.active`,
        source: sql`excluded.source`,
        updatedAt: sql`excluded.updated_at`,
      },
    })
}

export async function insertConsentLines(tx: Tx, rows: readonly Omit<typeof consentLog.$inferInsert, 'tenantId'>[]) {
  if (rows.length > 0) await tx.insert(consentLog).values([...rows])
}

/** Every change of a customer's consent, latest first. */
export function listConsentLines(db: Queryable, customerId: number) {
  return db
    .select({
      at: consentLog.at,
      category: consentLog.category,
      channel: consentLog.channel,
      before: consentLog.oldActive,
      after: consentLog.newActive,
      actor: consentLog.actor,
      integrationId: consentLog.integrationId,
    })
    .from(consentLog)
    .where(eq(consentLog.customerId, customerId))
    .orderBy(desc(consentLog.at), desc(consentLog.id))
}

/** The whole matrix of a studio. */
export async function saveChannelConfigs(tx: Tx, studioId: number, rows: readonly ChannelConfig[]) {
  await tx
    .insert(commConfigs)
    .values(rows.map((row) => ({ ...row, studioId })))
    .onConflictDoUpdate({
      target: [commConfigs.tenantId, commConfigs.studioId, commConfigs.category, commConfigs.channel],
      set: {
        available: sql`excluded.available`,
        defaultActive: sql`excluded.default_active`,
        customerOverridable: sql`excluded.customer_overridable`,
      },
    })
}
