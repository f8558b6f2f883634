import { eq } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { paymentSettings } from './tables.ts'

export type PaymentSettings = Omit<typeof paymentSettings.$inferSelect, 'tenantId' | 'createdAt' | 'updatedAt'>

/** What a studio lets people pay with; undefined for one that has never switched payments on. */
export async function findSettings(db: Queryable, studioId: number): Promise<PaymentSettings | undefined> {
  const [row] = await db
    .select({
      studioId: paymentSettings.studioId,
      active: paymentSettings.active,
      provider: paymentSettings.provider,
      memberMethods: paymentSettings.memberMethods,
      ecomMethods: paymentSettings.ecomMethods,
      sessionMinutes: paymentSettings.sessionMinutes,
      allowedOrigins: paymentSettings.allowedOrigins,
      mandateText: paymentSettings.mandateText,
      creditorId: paymentSettings.creditorId,
    })
    .from(paymentSettings)
    .where(eq(paymentSettings.studioId, studioId))
  return row
}

export async function saveSettings(tx: Tx, { studioId, ...settings }: PaymentSettings, now: Temporal.Instant) {
  await tx
    .insert(paymentSettings)
    .values({ studioId, ...settings, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [paymentSettings.tenantId, paymentSettings.studioId],
      set: { ...settings, updatedAt: now },
    })
}
