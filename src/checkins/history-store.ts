import { and, eq, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { studios } from '../studios/tables.ts'
import { checkIns } from './tables.ts'

const studioIds = sql`${sql.placeholder('studioIds')}::bigint[]`

const selectHistory = prepared((db) =>
  db
    .select({
      visitId: checkIns.id,
      checkedInAt: checkIns.checkedInAt,
      checkedOutAt: checkIns.checkedOutAt,
      studioId: studios.id,
      studioName: studios.name,
      zone: studios.timeZone,
    })
    .from(checkIns)
    .innerJoin(studios, and(eq(studios.tenantId, checkIns.tenantId), eq(studios.id, checkIns.studioId)))
    .where(
      and(
        eq(checkIns.customerId, sql.placeholder('customerId')),
        sql`(${studioIds} is null or ${checkIns.studioId} = any(${studioIds}))`,
        sql`${checkIns.checkedInAt} >= ${sql.placeholder('from')}::timestamptz`,
        sql`${checkIns.checkedInAt} < ${sql.placeholder('until')}::timestamptz`,
      ),
    )
    .orderBy(checkIns.checkedInAt, checkIns.id)
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('skipped'))
    .prepare('checkins_list_history'),
)

export type HistoryVisit = Awaited<ReturnType<ReturnType<typeof selectHistory>['execute']>>[number]

export interface HistoryQuestion {
  readonly customerId: number
  /** null = in all of the tenant. */
  readonly studioIds: readonly number[] | null
  /** `until` is outside. */
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  readonly limit: number
  readonly skipped: number
}

/** Visits of a customer that began within the window, oldest first. */
export function listVisits(db: Queryable, { from, until, ...question }: HistoryQuestion): Promise<HistoryVisit[]> {
  return selectHistory(db).execute({ ...question, from: from.toString(), until: until.toString() })
}
