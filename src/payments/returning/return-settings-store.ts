import { eq } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { type Money, readMoney } from '../../platform/values/money.ts'
import { paymentReturnSettings } from '../tables.ts'

type Row = typeof paymentReturnSettings.$inferSelect
export type ReturnSettings = Pick<Row, 'fee' | 'currency' | 'retries'>

/** Undefined for a studio that has said nothing. */
export async function findReturnSettings(db: Queryable, studioId: number): Promise<ReturnSettings | undefined> {
  const { fee, currency, retries } = paymentReturnSettings
  const [row] = await db
    .select({ fee, currency, retries })
    .from(paymentReturnSettings)
    .where(eq(paymentReturnSettings.studioId, studioId))
  return row
}

/** What a customer of the studio pays for a return; undefined: nothing. */
export async function findReturnFee(db: Queryable, studioId: number): Promise<Money | undefined> {
  const settings = await findReturnSettings(db, studioId)
  const fee = settings && readMoney(settings.fee, settings.currency, 'fee')
  return fee && fee.minor > 0n ? fee : undefined
}

export async function saveReturnSettings(
  tx: Tx,
  studioId: number,
  settings: ReturnSettings,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insert(paymentReturnSettings)
    .values({ studioId, ...settings, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [paymentReturnSettings.tenantId, paymentReturnSettings.studioId],
      set: { ...settings, updatedAt: now },
    })
}
