import { eq } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { paymentRunSettings } from '../tables.ts'

export type RunSettings = Omit<typeof paymentRunSettings.$inferSelect, 'tenantId' | 'createdAt' | 'updatedAt'>

export async function findRunSettings(db: Queryable, studioId: number): Promise<RunSettings | undefined> {
  const [row] = await db
    .select({
      studioId: paymentRunSettings.studioId,
      runDays: paymentRunSettings.runDays,
      methodGroups: paymentRunSettings.methodGroups,
      preNotificationDays: paymentRunSettings.preNotificationDays,
      painVersion: paymentRunSettings.painVersion,
    })
    .from(paymentRunSettings)
    .where(eq(paymentRunSettings.studioId, studioId))
  return row
}

export async function saveRunSettings(tx: Tx, { studioId, ...settings }: RunSettings, now: Temporal.Instant) {
  await tx
    .insert(paymentRunSettings)
    .values({ studioId, ...settings, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [paymentRunSettings.tenantId, paymentRunSettings.studioId],
      set: { ...settings, updatedAt: now },
    })
}
