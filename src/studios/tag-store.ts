import { eq, inArray, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { studioTags, tags } from './tables.ts'

const allTags = prepared((db) =>
  db.select({ id: tags.id, name: tags.name }).from(tags).orderBy(sql`${tags.name} collate "C"`).prepare('tags_list'),
)

/** All tags of the tenant in code-point order of their names. */
export function listTags(db: Queryable) {
  return allTags(db).execute()
}

/** The tags of these names; names that no tag has are simply missing. */
export function listTagsByName(db: Queryable, names: readonly string[]) {
  return db
    .select({ id: tags.id, name: tags.name })
    .from(tags)
    .where(inArray(tags.name, [...names]))
}

export async function insertTag(
  tx: Tx,
  tag: { readonly id?: number; readonly name: string; readonly createdAt: Temporal.Instant },
) {
  const rows = await tx.insert(tags).values(tag).returning({ id: tags.id })
  return returnedId(rows)
}

export function deleteTag(tx: Tx, tagId: number) {
  return tx.delete(tags).where(eq(tags.id, tagId)).returning({ name: tags.name })
}

/** Takes a tag away from every studio. */
export function deleteTagFromStudios(tx: Tx, tagId: number) {
  return tx.delete(studioTags).where(eq(studioTags.tagId, tagId))
}

/** Takes all tags away from one studio. */
export function deleteTagsOfStudio(tx: Tx, studioId: number) {
  return tx.delete(studioTags).where(eq(studioTags.studioId, studioId))
}

export async function insertTagsOfStudio(tx: Tx, studioId: number, tagIds: readonly number[]) {
  if (tagIds.length > 0) await tx.insert(studioTags).values(tagIds.map((tagId) => ({ studioId, tagId })))
}
