import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../platform/database.ts'
import { bookingRules, classes } from './tables.ts'

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewClass = Omit<typeof classes.$inferInsert, Fill>
export type NewRule = Omit<typeof bookingRules.$inferInsert, Fill>

export async function insertClass(tx: Tx, gymClass: NewClass, now: Temporal.Instant): Promise<number> {
  const values = { ...gymClass, createdAt: now, updatedAt: now }
  const [row] = await tx.insert(classes).values(values).returning({ id: classes.id })
  return row?.id as number
}

export async function updateClassRow(tx: Tx, classId: number, changes: Partial<NewClass>, now: Temporal.Instant) {
  await tx
    .update(classes)
    .set({ ...changes, updatedAt: now, version: sql`${classes.version} + 1` })
    .where(eq(classes.id, classId))
}

export async function insertRule(tx: Tx, rule: NewRule, now: Temporal.Instant): Promise<number> {
  const values = { ...rule, createdAt: now, updatedAt: now }
  const [row] = await tx.insert(bookingRules).values(values).returning({ id: bookingRules.id })
  return row?.id as number
}

export async function lockRule(tx: Tx, ruleId: number) {
  const [row] = await tx.select().from(bookingRules).where(eq(bookingRules.id, ruleId)).for('no key update')
  return row
}

export async function updateRuleRow(tx: Tx, ruleId: number, changes: Partial<NewRule>, now: Temporal.Instant) {
  await tx
    .update(bookingRules)
    .set({ ...changes, updatedAt: now, version: sql`${bookingRules.version} + 1` })
    .where(eq(bookingRules.id, ruleId))
}
