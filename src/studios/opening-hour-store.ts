import { eq, inArray } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { openingHourCategories, openingHourCategoryTimes, openingHours, studioClosings } from './tables.ts'

type New<T extends { $inferInsert: object }> = Omit<T['$inferInsert'], 'tenantId'>
export type NewOpeningHours = New<typeof openingHours>
export type NewClosing = New<typeof studioClosings>
export type NewCategory = New<typeof openingHourCategories>
export type NewCategoryTime = New<typeof openingHourCategoryTimes>

export function deleteOpeningHours(tx: Tx, studioId: number) {
  return tx.delete(openingHours).where(eq(openingHours.studioId, studioId))
}

export async function insertOpeningHours(tx: Tx, rows: readonly NewOpeningHours[]) {
  if (rows.length > 0) await tx.insert(openingHours).values([...rows])
}

export function deleteClosings(tx: Tx, studioId: number) {
  return tx.delete(studioClosings).where(eq(studioClosings.studioId, studioId))
}

export async function insertClosings(tx: Tx, rows: readonly NewClosing[]) {
  if (rows.length > 0) await tx.insert(studioClosings).values([...rows])
}

export function listCategories(db: Queryable, studioId: number) {
  return db
    .select({ id: openingHourCategories.id, name: openingHourCategories.name })
    .from(openingHourCategories)
    .where(eq(openingHourCategories.studioId, studioId))
}

/** Adds a category, or renames the one of this id. */
export async function saveCategory(tx: Tx, category: NewCategory): Promise<number> {
  const rows = await tx
    .insert(openingHourCategories)
    .values(category)
    .onConflictDoUpdate({
      target: [openingHourCategories.tenantId, openingHourCategories.id],
      set: { name: category.name, updatedAt: category.updatedAt },
    })
    .returning({ id: openingHourCategories.id })
  return returnedId(rows)
}

export async function deleteCategories(tx: Tx, categoryIds: readonly number[]) {
  if (categoryIds.length === 0) return
  await tx.delete(openingHourCategories).where(inArray(openingHourCategories.id, [...categoryIds]))
}

export async function deleteCategoryTimes(tx: Tx, categoryIds: readonly number[]) {
  if (categoryIds.length === 0) return
  await tx.delete(openingHourCategoryTimes).where(inArray(openingHourCategoryTimes.categoryId, [...categoryIds]))
}

export async function insertCategoryTimes(tx: Tx, rows: readonly NewCategoryTime[]) {
  if (rows.length > 0) await tx.insert(openingHourCategoryTimes).values([...rows])
}
