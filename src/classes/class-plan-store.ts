import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { classes } from './tables.ts'

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewClass = Omit<typeof classes.$inferInsert, Fill>

export async function insertClass(tx: Tx, gymClass: NewClass, now: Temporal.Instant): Promise<number> {
  const values = { ...gymClass, createdAt: now, updatedAt: now }
  const rows = await tx.insert(classes).values(values).returning({ id: classes.id })
  return returnedId(rows)
}

export async function updateClassRow(tx: Tx, classId: number, changes: Partial<NewClass>, now: Temporal.Instant) {
  await tx
    .update(classes)
    .set({ ...changes, updatedAt: now, version: sql`${classes.version} + 1` })
    .where(eq(classes.id, classId))
}
