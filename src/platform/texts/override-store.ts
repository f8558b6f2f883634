import { and, asc, eq, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../database/database.ts'
import { returnedId } from '../database/returned-id.ts'
import { textOverrides } from '../tables.ts'

export type OverrideRow = typeof textOverrides.$inferSelect
export type Override = Pick<OverrideRow, 'key' | 'language' | 'text'>

const overrides = prepared((db) =>
  db
    .select({ key: textOverrides.key, language: textOverrides.language, text: textOverrides.text })
    .from(textOverrides)
    .orderBy(asc(textOverrides.key), asc(textOverrides.language))
    .prepare('text_overrides_list'),
)

/** All texts that the tenant of the connection has worded itself. */
export function listOverrides(db: Queryable): Promise<Override[]> {
  return overrides(db).execute()
}

/** Another unit that changes this text waits until this one ends; undefined where the tenant has no wording of its own. */
export async function lockOverride(tx: Tx, key: string, language: string): Promise<OverrideRow | undefined> {
  const [row] = await tx
    .select()
    .from(textOverrides)
    .where(and(eq(textOverrides.key, key), eq(textOverrides.language, language)))
    .for('update')
  return row
}

/** Puts a text in the place of whatever there was; answers its id. */
export async function upsertOverride(tx: Tx, { key, language, text }: Override, now: Temporal.Instant) {
  const rows = await tx
    .insert(textOverrides)
    .values({ key, language, text, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [textOverrides.tenantId, textOverrides.key, textOverrides.language],
      set: { text, updatedAt: now, version: sql`${textOverrides.version} + 1` },
    })
    .returning({ id: textOverrides.id })
  return returnedId(rows)
}

export async function deleteOverride(tx: Tx, overrideId: number) {
  await tx.delete(textOverrides).where(eq(textOverrides.id, overrideId))
}

/** Makes every process forget the texts that it knows, once the transaction commits. */
export async function notifyTextsChanged(tx: Tx) {
  await tx.execute(sql`select pg_notify('palestra_texts', '')`)
}
