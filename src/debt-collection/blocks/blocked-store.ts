import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { customerAccounts, debtClaims } from '../../accounts/tables.ts'
import { isVisibleTo, type Sight } from '../../customers/index.ts'
import { customers } from '../../customers/customer-table.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { collectionBlocks } from '../tables.ts'
import { idList } from './block-store.ts'

export interface BlockedQuestion {
  readonly sight: Sight
  readonly integrationId: number
  readonly today: Temporal.PlainDate
  readonly limit: number
  readonly skipped: number
}

/** Blocks that hold today for an agency; the same as the rule in `block-rules.ts`. */
const isEffective = ({ today, integrationId }: Pick<BlockedQuestion, 'today' | 'integrationId'>) =>
  and(
    or(isNull(collectionBlocks.endDate), sql`${collectionBlocks.endDate} >= ${today.toString()}::date`),
    sql`(${collectionBlocks.source} <> 'SYSTEM' or ${collectionBlocks.integrationId} is null
      or ${collectionBlocks.integrationId} = ${integrationId})`,
  )

function listBlocked(db: Queryable, { sight, limit, skipped }: BlockedQuestion, isBlocked: SQL | undefined) {
  return db
    .select({ customerId: customerAccounts.customerId, debtorId: customerAccounts.debtorId })
    .from(customerAccounts)
    .innerJoin(
      customers,
      and(eq(customers.tenantId, customerAccounts.tenantId), eq(customers.id, customerAccounts.customerId)),
    )
    .where(and(isVisibleTo(sight), isBlocked))
    .orderBy(sql`length(${customerAccounts.debtorId})`, asc(customerAccounts.debtorId))
    .limit(limit)
    .offset(skipped)
}

const textList = (texts: readonly string[]) => sql`${sql.param([...texts])}::text[]`

/** Customers who are blocked as a whole, by debtor number. */
export function listBlockedDebtors(db: Queryable, question: BlockedQuestion, debtorIds: readonly string[] | undefined) {
  const own = db
    .select({ customerId: collectionBlocks.customerId })
    .from(collectionBlocks)
    .where(and(isNull(collectionBlocks.claimId), isEffective(question)))
  return listBlocked(
    db,
    question,
    and(
      sql`${customerAccounts.customerId} in ${own}`,
      debtorIds && sql`${customerAccounts.debtorId} = any(${textList(debtorIds)})`,
    ),
  )
}

const isOpen = sql`${debtClaims.state} = 'POSTED' and ${debtClaims.openAmount} > 0`

/** Customers with an open debt that is blocked, by debtor number. */
export function listDebtorsOfBlockedDebts(
  db: Queryable,
  question: BlockedQuestion,
  debtIds: readonly string[] | undefined,
) {
  const own = db
    .select({ customerId: collectionBlocks.customerId })
    .from(collectionBlocks)
    .innerJoin(
      debtClaims,
      and(eq(debtClaims.tenantId, collectionBlocks.tenantId), eq(debtClaims.id, collectionBlocks.claimId)),
    )
    .where(and(isEffective(question), isOpen, debtIds && sql`${debtClaims.debtUuid}::text = any(${textList(debtIds)})`))
  return listBlocked(db, question, sql`${customerAccounts.customerId} in ${own}`)
}

/** What customers have open, by due date. */
export function listOpenClaims(db: Queryable, customerIds: readonly number[]) {
  return db
    .select()
    .from(debtClaims)
    .where(and(sql`${debtClaims.customerId} = any(${idList(customerIds)})`, isOpen))
    .orderBy(asc(debtClaims.customerId), asc(debtClaims.dueDate), asc(debtClaims.id))
}
