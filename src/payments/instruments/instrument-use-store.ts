import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database/database.ts'
import { paymentInstruments } from '../tables.ts'

/** Puts an instrument that may be charged out of use because its time is over; says whether it was in use. */
export async function expireInstrumentRow(tx: Tx, instrumentId: number, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx
    .update(paymentInstruments)
    .set({
      state: 'EXPIRED',
      isRunDefault: false,
      usableInShop: false,
      updatedAt: now,
      version: sql`${paymentInstruments.version} + 1`,
    })
    .where(and(eq(paymentInstruments.id, instrumentId), eq(paymentInstruments.state, 'ACTIVE')))
    .returning({ id: paymentInstruments.id })
  return rows.length > 0
}

/** Notes a collection from an instrument. */
export async function recordCollection(tx: Tx, instrumentId: number, day: Temporal.PlainDate, now: Temporal.Instant) {
  const on = day.toString()
  await tx
    .update(paymentInstruments)
    .set({
      firstCollectedOn: sql`coalesce(${paymentInstruments.firstCollectedOn}, ${on}::date)`,
      lastCollectedOn: sql`greatest(${paymentInstruments.lastCollectedOn}, ${on}::date)`,
      updatedAt: now,
    })
    .where(eq(paymentInstruments.id, instrumentId))
}

/** The first collection from a mandate was returned: the next one is its first again. */
export async function forgetFirstCollection(tx: Tx, instrumentId: number, now: Temporal.Instant) {
  await tx
    .update(paymentInstruments)
    .set({ firstCollectedOn: null, updatedAt: now })
    .where(eq(paymentInstruments.id, instrumentId))
}
