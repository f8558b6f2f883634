import { and, eq, inArray, sql } from 'drizzle-orm'
import type { RejectionReason } from '../../accounts/index.ts'
import type { Tx } from '../../platform/database/database.ts'
import { payments } from '../tables.ts'

/** A payment that has arrived was taken back; undefined for one that nobody collected from an account or card. */
export async function markReversed(tx: Tx, paymentId: number, rejectionReason: RejectionReason, now: Temporal.Instant) {
  const rows = await tx
    .update(payments)
    .set({
      state: 'REVERSED',
      rejectionReason,
      nextAttemptAt: null,
      updatedAt: now,
      version: sql`${payments.version} + 1`,
    })
    .where(and(eq(payments.id, paymentId), inArray(payments.state, ['PENDING', 'SETTLED'])))
    .returning({ instrumentId: payments.instrumentId, runItemId: payments.runItemId })
  return rows[0]
}
