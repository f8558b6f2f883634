import { and, eq, isNull, or, sql } from 'drizzle-orm'
import { customerAccounts, debtClaims, dunningLevels, legalEntities } from '../../accounts/tables.ts'
import { isBlockedFor } from '../../customers/index.ts'
import { customers } from '../../customers/customer-table.ts'
import { customerLiablePersons } from '../../customers/tables.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import { idList } from '../blocks/block-store.ts'
import { agencyContracts, collectionBlocks, collectionCases } from '../tables.ts'

/** Whose debts are asked for: customers of a studio, all of them or some. */
export interface SelectionQuestion {
  readonly studioId: number
  readonly integrationId: number
  readonly customerIds: readonly number[] | null
}

const isAsked = ({ studioId, customerIds }: SelectionQuestion) =>
  and(
    eq(customers.studioId, studioId),
    isNull(customers.erasedAt),
    customerIds === null ? undefined : sql`${customers.id} = any(${idList(customerIds)})`,
  )

/** The books of the customer's home studio; claims of other legal entities are not this studio's to collect. */
const isHomeEntity = and(
  eq(legalEntities.tenantId, studios.tenantId),
  or(
    eq(legalEntities.id, studios.legalEntityId),
    and(isNull(studios.legalEntityId), legalEntities.isDefault, eq(legalEntities.currency, studios.currency)),
  ),
)

/** Open booked claims of the customers who are asked for, with what is known of each of them; by customer. */
export function listOpenDebts(db: Queryable, question: SelectionQuestion) {
  return db
    .select({
      customerId: debtClaims.customerId,
      claimId: debtClaims.id,
      kind: debtClaims.kind,
      parentClaimId: debtClaims.parentClaimId,
      open: debtClaims.openAmount,
      currency: debtClaims.currency,
      dueDate: debtClaims.dueDate,
      isInPlan: debtClaims.inInstallmentPlan,
      collectionState: debtClaims.collectionState,
      inFlightItemId: debtClaims.inFlightItemId,
      debtorId: customerAccounts.debtorId,
      isHeld: customerAccounts.collectionHold,
      dunningLevel: dunningLevels.no,
      dateOfBirth: customers.dateOfBirth,
      addressStatus: customers.addressStatus,
      hasLiablePerson: sql<boolean>`exists (select from ${customerLiablePersons} l
        where l.tenant_id = ${customers.tenantId} and l.customer_id = ${customers.id})`,
      isHidden: sql<boolean>`${isBlockedFor(customers.id, sql`${question.integrationId}`)}`,
    })
    .from(customers)
    .innerJoin(studios, and(eq(studios.tenantId, customers.tenantId), eq(studios.id, customers.studioId)))
    .innerJoin(legalEntities, isHomeEntity)
    .innerJoin(
      debtClaims,
      and(
        eq(debtClaims.tenantId, customers.tenantId),
        eq(debtClaims.customerId, customers.id),
        eq(debtClaims.entityId, legalEntities.id),
      ),
    )
    .innerJoin(
      customerAccounts,
      and(
        eq(customerAccounts.tenantId, debtClaims.tenantId),
        eq(customerAccounts.customerId, debtClaims.customerId),
        eq(customerAccounts.entityId, debtClaims.entityId),
      ),
    )
    .leftJoin(
      dunningLevels,
      and(eq(dunningLevels.tenantId, customerAccounts.tenantId), eq(dunningLevels.id, customerAccounts.dunningLevelId)),
    )
    .where(and(isAsked(question), sql`${debtClaims.state} = 'POSTED' and ${debtClaims.openAmount} > 0`))
    .orderBy(debtClaims.customerId, debtClaims.dueDate, debtClaims.id)
}

export type OpenDebtRow = Awaited<ReturnType<typeof listOpenDebts>>[number]

/** Blocks of the customers who are asked for. */
export function listAskedBlocks(db: Queryable, question: SelectionQuestion) {
  return db
    .select({
      customerId: collectionBlocks.customerId,
      claimId: collectionBlocks.claimId,
      limitType: collectionBlocks.limitType,
      endDate: collectionBlocks.endDate,
      source: collectionBlocks.source,
      integrationId: collectionBlocks.integrationId,
    })
    .from(collectionBlocks)
    .innerJoin(
      customers,
      and(eq(customers.tenantId, collectionBlocks.tenantId), eq(customers.id, collectionBlocks.customerId)),
    )
    .where(isAsked(question))
}

/** The last closed case of each customer who is asked for. */
export function listLastClosures(db: Queryable, question: SelectionQuestion) {
  return db
    .selectDistinctOn([collectionCases.customerId], {
      customerId: collectionCases.customerId,
      reason: collectionCases.closureReason,
      openAtClosure: collectionCases.openAtClosure,
    })
    .from(collectionCases)
    .innerJoin(
      customers,
      and(eq(customers.tenantId, collectionCases.tenantId), eq(customers.id, collectionCases.customerId)),
    )
    .where(and(isAsked(question), sql`${collectionCases.closedAt} is not null`))
    .orderBy(collectionCases.customerId, sql`${collectionCases.closedAt} desc`, sql`${collectionCases.id} desc`)
}

/** Customers of a studio whose money was returned for a reason after which its agency collects; by id. */
export async function listRejected(db: Queryable, studioId: number): Promise<number[]> {
  const rows = await db
    .selectDistinct({ customerId: debtClaims.customerId })
    .from(debtClaims)
    .innerJoin(customers, and(eq(customers.tenantId, debtClaims.tenantId), eq(customers.id, debtClaims.customerId)))
    .innerJoin(
      agencyContracts,
      and(eq(agencyContracts.tenantId, customers.tenantId), eq(agencyContracts.studioId, customers.studioId)),
    )
    .where(
      and(
        eq(customers.studioId, studioId),
        eq(agencyContracts.state, 'ACTIVE'),
        sql`${debtClaims.latestRejectionReason} = any(${agencyContracts.handoverReasons})`,
        sql`${debtClaims.state} = 'POSTED' and ${debtClaims.openAmount} > 0 and ${debtClaims.collectionState} = 'NONE'`,
      ),
    )
    .orderBy(debtClaims.customerId)
  return rows.map(({ customerId }) => customerId)
}
