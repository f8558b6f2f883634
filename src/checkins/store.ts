import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { studios } from '../studios/tables.ts'
import { checkIns } from './tables.ts'

const selectUtilization = prepared((db) =>
  db
    .select({
      capacity: studios.capacity,
      // One read of the index of open visits; joined, the planner might read all visits of the studio.
      count: sql<number>`(${db
        .select({ count: sql`count(*)::int` })
        .from(checkIns)
        .where(and(eq(checkIns.studioId, sql.placeholder('studioId')), isNull(checkIns.checkedOutAt)))})`,
    })
    .from(studios)
    .where(eq(studios.id, sql.placeholder('studioId')))
    .prepare('checkins_find_utilization'),
)

/** Open visits by studio, in studios that have any. */
export function listOpenVisits(db: Queryable): Promise<{ studioId: number; count: number }[]> {
  return db
    .select({ studioId: checkIns.studioId, count: sql<number>`count(*)::int` })
    .from(checkIns)
    .where(isNull(checkIns.checkedOutAt))
    .groupBy(checkIns.studioId)
}

/** Open visits of a studio and how many it admits (null = no limit). */
export async function findUtilization(db: Queryable, studioId: number) {
  const [row] = await selectUtilization(db).execute({ studioId })
  return row
}

/** Who is in a studio now, who came first on top. */
export function listOpenVisitors(db: Queryable, studioId: number) {
  return db
    .select({
      visitId: checkIns.id,
      customerId: checkIns.customerId,
      checkedInAt: checkIns.checkedInAt,
      source: checkIns.inSource,
    })
    .from(checkIns)
    .where(and(eq(checkIns.studioId, studioId), isNull(checkIns.checkedOutAt)))
    .orderBy(asc(checkIns.checkedInAt), asc(checkIns.id))
}

export async function findOpenVisitId(db: Queryable, customerId: number): Promise<number | undefined> {
  const [row] = await db
    .select({ id: checkIns.id })
    .from(checkIns)
    .where(and(eq(checkIns.customerId, customerId), isNull(checkIns.checkedOutAt)))
  return row?.id
}
