import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { bookingRules } from './tables.ts'

type Fill = 'id' | 'tenantId' | 'studioId' | 'createdAt' | 'updatedAt' | 'version'
/** A booking rule as staff write it; what is left out asks for nothing. */
export type BookingRuleInput = Omit<typeof bookingRules.$inferInsert, Fill>

export async function insertBookingRule(tx: Tx, studioId: number, rule: BookingRuleInput, now: Temporal.Instant) {
  const values = { ...rule, studioId, createdAt: now, updatedAt: now }
  const rows = await tx.insert(bookingRules).values(values).returning({ id: bookingRules.id })
  return returnedId(rows)
}

/** Another unit that changes a rule waits until this one ends. */
export async function lockBookingRule(tx: Tx, ruleId: number) {
  const [row] = await tx.select().from(bookingRules).where(eq(bookingRules.id, ruleId)).for('no key update')
  return row
}

export async function updateBookingRule(
  tx: Tx,
  ruleId: number,
  changes: Partial<BookingRuleInput>,
  now: Temporal.Instant,
) {
  await tx
    .update(bookingRules)
    .set({ ...changes, updatedAt: now, version: sql`${bookingRules.version} + 1` })
    .where(eq(bookingRules.id, ruleId))
}
