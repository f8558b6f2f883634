import { and, eq, inArray, isNull, not, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { customers } from '../customer-table.ts'
import { customerIntegrationBlocks as blocks, customerViews } from '../tables.ts'
import type { Sight } from './sight.ts'

/** Whether a customer has withdrawn the own data from an integration; both are expressions of the statement around it. */
export function isBlockedFor(customerId: SQLWrapper, integrationId: SQLWrapper): SQL {
  return sql`exists (select from ${blocks}
    where ${blocks.customerId} = ${customerId} and ${blocks.integrationId} = ${integrationId}::bigint)`
}

const isAmong = (studioId: SQLWrapper, studioIds: SQLWrapper) =>
  sql`(${studioIds}::bigint[] is null or ${studioId} = any(${studioIds}::bigint[]))`

function isSeen(studioIds: SQLWrapper, integrationId: SQLWrapper) {
  return and(
    isNull(customers.erasedAt),
    isNull(customers.mergedIntoId),
    eq(customers.system, false),
    isAmong(customers.studioId, studioIds),
    not(isBlockedFor(customers.id, integrationId)),
  )
}

const [studioIds, integrationId] = [sql.placeholder('studioIds'), sql.placeholder('integrationId')]

/** Customers whom the {@link Sight} sees, in prepared statements: it is spread into their parameters. */
export const isVisible = isSeen(studioIds, integrationId)

/** The same in statements that are not prepared. */
export function isVisibleTo(sight: Sight) {
  return isSeen(sql.param(sight.studioIds), sql.param(sight.integrationId))
}

/** The same for what is read from the views alone: people who are erased or no people have none. */
export const isViewVisible = and(
  isAmong(customerViews.studioId, studioIds),
  sql`not coalesce(${integrationId}::bigint = any(${customerViews.blockedIntegrationIds}), false)`,
)

/** Which of the customers have withdrawn their data, and from which integrations. */
export function listBlocks(db: Queryable, customerIds: readonly number[]) {
  return db
    .select({ customerId: blocks.customerId, integrationId: blocks.integrationId })
    .from(blocks)
    .where(inArray(blocks.customerId, [...customerIds]))
}
