import { and, eq, gt, gte, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { prepared, type Queryable } from '../../platform/database/database.ts'
import type { Sight } from './sight.ts'
import { isVisible } from './sight-store.ts'
import type { NamePrefix, PrefixRange, SearchPlan } from './search-rules.ts'
import { customers } from '../customer-table.ts'

/** At most `limit` ids of visible customers that match the whole plan, by family name, given name and id. */
export async function searchCustomerIds(
  db: Queryable,
  sight: Sight,
  plan: SearchPlan,
  limit: number,
): Promise<number[]> {
  const [only, ...others] = sight.studioIds ?? []
  const found = db
    .select({ id: customers.id, lastFold: customers.lastFold, firstFold: customers.firstFold })
    .from(customers)
    .where(
      and(
        // A single studio as a plain comparison: only then the index of a studio also gives the order.
        only !== undefined && others.length === 0 ? eq(customers.studioId, only) : undefined,
        plan.emailFold === undefined ? undefined : eq(customers.emailFold, plan.emailFold),
        plan.dateOfBirth === undefined ? undefined : sql`${customers.dateOfBirth} = ${plan.dateOfBirth}::date`,
        plan.last && hasPrefix(plan.last, customers.lastFold, customers.lastFoldTr),
        plan.first && hasPrefix(plan.first, customers.firstFold, customers.firstFoldTr),
        isVisible,
      ),
    )
    // Keeps the order and the limit outside: a rare name is found by its index, not by walking the whole studio in order.
    .offset(sql.placeholder('none'))
    .as('found')
  const rows = await db
    .select({ id: found.id })
    .from(found)
    .orderBy(found.lastFold, found.firstFold, found.id)
    .limit(limit)
    .prepare('')
    .execute({ ...sight, none: 0 })
  return rows.map(({ id }) => id)
}

function hasPrefix({ plain, transliterated }: NamePrefix, folded: PgColumn, foldedTr: PgColumn): SQL | undefined {
  const lies = (column: PgColumn, { from, until }: PrefixRange) => and(gte(column, from), lt(column, until))
  return or(...plain.map((range) => lies(folded, range)), lies(foldedTr, transliterated))
}

const idsAfter = (db: Queryable, status: SQL) =>
  db
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.studioId, sql.placeholder('studioId')),
        gt(customers.id, sql.placeholder('after')),
        status,
        isVisible,
      ),
    )
    .orderBy(customers.id)
    .limit(sql.placeholder('limit'))

const memberIds = prepared((db) =>
  idsAfter(
    db,
    and(
      isNotNull(customers.membershipUntil),
      sql`${customers.membershipUntil} >= ${sql.placeholder('today')}::date`,
    ) as SQL,
  ).prepare('customers_list_member_ids'),
)

const prospectIds = prepared((db) =>
  idsAfter(db, isNull(customers.membershipUntil)).prepare('customers_list_prospect_ids'),
)

/** Ids of the studio's members or prospects on the local date `today`, ascending, greater than `after`. */
export async function listCustomerIds(
  db: Queryable,
  sight: Sight,
  page: {
    readonly studioId: number
    readonly status: 'MEMBER' | 'PROSPECT'
    readonly today: Temporal.PlainDate
    readonly after: number
    readonly limit: number
  },
): Promise<number[]> {
  const { status, today, ...rest } = page
  const rows =
    status === 'MEMBER'
      ? await memberIds(db).execute({ ...sight, ...rest, today: today.toString() })
      : await prospectIds(db).execute({ ...sight, ...rest })
  return rows.map(({ id }) => id)
}
