import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { files } from '../platform/tables.ts'
import {
  openingHourCategories,
  openingHourCategoryTimes,
  openingHours,
  studioClosings,
  studios,
  studioTags,
  tags,
} from './tables.ts'

const selectStudio = prepared((db) =>
  db
    .select({ studio: studios, logo: { id: files.id, sha256: files.sha256 } })
    .from(studios)
    .leftJoin(files, and(eq(files.tenantId, studios.tenantId), eq(files.id, studios.logoFileId)))
    .where(eq(studios.id, sql.placeholder('studioId')))
    .prepare('studios_find_with_logo'),
)

/** Master data of a studio, with what addresses its logo. */
export async function findStudioWithLogo(db: Queryable, studioId: number) {
  const [row] = await selectStudio(db).execute({ studioId })
  return row
}

const selectHours = prepared((db) =>
  db
    .select({
      kind: openingHours.kind,
      dayFrom: openingHours.dayFrom,
      dayTo: openingHours.dayTo,
      timeFrom: openingHours.timeFrom,
      timeTo: openingHours.timeTo,
    })
    .from(openingHours)
    .where(eq(openingHours.studioId, sql.placeholder('studioId')))
    .prepare('studios_list_opening_hours'),
)

/** All opening hours of a studio, in no order. */
export function listOpeningHours(db: Queryable, studioId: number) {
  return selectHours(db).execute({ studioId })
}

export type OpeningHoursRow = Awaited<ReturnType<typeof listOpeningHours>>[number]

const selectClosings = prepared((db) =>
  db
    .select({
      id: studioClosings.id,
      reason: studioClosings.reason,
      from: studioClosings.fromLocal,
      until: studioClosings.toLocal,
    })
    .from(studioClosings)
    .where(
      and(
        eq(studioClosings.studioId, sql.placeholder('studioId')),
        gt(studioClosings.toLocal, sql.placeholder('from')),
        lt(studioClosings.fromLocal, sql.placeholder('until')),
      ),
    )
    .orderBy(studioClosings.fromLocal, studioClosings.id)
    .prepare('studios_list_closings'),
)

/** Closings that touch a local span of time, in its order. */
export function listClosings(
  db: Queryable,
  studioId: number,
  span: { readonly from: Temporal.PlainDateTime; readonly until: Temporal.PlainDateTime },
) {
  return selectClosings(db).execute({ studioId, ...span })
}

const selectCategories = prepared((db) =>
  categoryRows(db)
    .where(eq(openingHourCategories.studioId, sql.placeholder('studioId')))
    .orderBy(openingHourCategories.name, openingHourCategories.id)
    .prepare('studios_list_categories'),
)

const selectCategory = prepared((db) =>
  categoryRows(db)
    .where(eq(openingHourCategories.id, sql.placeholder('categoryId')))
    .prepare('studios_find_category'),
)

function categoryRows(db: Queryable) {
  return db
    .select({
      id: openingHourCategories.id,
      name: openingHourCategories.name,
      day: openingHourCategoryTimes.day,
      timeFrom: openingHourCategoryTimes.timeFrom,
      timeTo: openingHourCategoryTimes.timeTo,
    })
    .from(openingHourCategories)
    .leftJoin(
      openingHourCategoryTimes,
      and(
        eq(openingHourCategoryTimes.tenantId, openingHourCategories.tenantId),
        eq(openingHourCategoryTimes.categoryId, openingHourCategories.id),
      ),
    )
}

/** Opening hour categories by name, one row per window; a category without windows has one row of nulls. */
export function listCategoryTimes(db: Queryable, studioId: number) {
  return selectCategories(db).execute({ studioId })
}

/** The same of one category of whatever studio; none where it does not exist. */
export function findCategoryTimes(db: Queryable, categoryId: number) {
  return selectCategory(db).execute({ categoryId })
}

const tagsOfStudio = prepared((db) =>
  db
    .select({ name: tags.name })
    .from(studioTags)
    .innerJoin(tags, and(eq(tags.tenantId, studioTags.tenantId), eq(tags.id, studioTags.tagId)))
    .where(eq(studioTags.studioId, sql.placeholder('studioId')))
    .orderBy(sql`${tags.name} collate "C"`)
    .prepare('studios_list_tags_of_studio'),
)

/** The tags that a studio carries, in code-point order. */
export function listTagsOfStudio(db: Queryable, studioId: number) {
  return tagsOfStudio(db).execute({ studioId })
}
