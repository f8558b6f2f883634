import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { files } from '../platform/tables.ts'
import { bookingRules } from '../bookings/tables.ts'
import { classes, classSlots } from './tables.ts'

/** What lists show of a class, with the cancel term of its rule; the statement joins the image. */
export const classIsListed = {
  classId: classes.id,
  title: classes.title,
  type: classes.type,
  durationMin: classes.durationMin,
  category: classes.category,
  description: classes.description,
  isBookable: classes.bookable,
  image: { id: files.id, sha256: files.sha256 },
  cancelTermValue: bookingRules.cancelTermValue,
  cancelTermUnit: bookingRules.cancelTermUnit,
  cancelAfterLatest: bookingRules.cancelAfterLatest,
}

const visibleClasses = (db: Queryable) =>
  db
    .select(classIsListed)
    .from(classes)
    .innerJoin(bookingRules, and(eq(bookingRules.tenantId, classes.tenantId), eq(bookingRules.id, classes.ruleId)))
    .leftJoin(files, and(eq(files.tenantId, classes.tenantId), eq(files.id, classes.imageId)))

const isVisible = and(
  eq(classes.studioId, sql.placeholder('studioId')),
  eq(classes.active, true),
  eq(classes.onlineVisible, true),
)

const hasSlot = sql`exists (select from ${classSlots} where ${classSlots.tenantId} = ${classes.tenantId}
  and ${classSlots.classId} = ${classes.id} and ${classSlots.status} = 'PLANNED'
  and ${classSlots.startAt} >= ${sql.placeholder('from')}::timestamptz
  and ${classSlots.startAt} < ${sql.placeholder('until')}::timestamptz)`

const classesWithSlots = prepared((db) =>
  visibleClasses(db)
    .where(and(isVisible, gt(classes.id, sql.placeholder('after')), hasSlot))
    .orderBy(asc(classes.id))
    .limit(sql.placeholder('limit'))
    .prepare('classes_list'),
)

/** Classes on show that have a planned slot starting in the window, by id. */
export function listClasses(
  db: Queryable,
  studioId: number,
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
  page: { readonly after: number; readonly limit: number },
) {
  return classesWithSlots(db).execute({ studioId, from: from.toString(), until: until.toString(), ...page })
}

export type ClassRow = Awaited<ReturnType<typeof listClasses>>[number]

const selectClass = prepared((db) =>
  visibleClasses(db)
    .where(and(isVisible, eq(classes.id, sql.placeholder('classId'))))
    .prepare('classes_find'),
)

/** A class on show. */
export async function findClass(db: Queryable, studioId: number, classId: number): Promise<ClassRow | undefined> {
  const [row] = await selectClass(db).execute({ studioId, classId })
  return row
}
