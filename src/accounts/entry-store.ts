import { and, asc, eq, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { studios, tenants } from '../studios/tables.ts'
import { isLegalEntityOfStudio } from './legal-entities/legal-entity-store.ts'
import { customerAccounts, debtClaims, dunningLevels, legalEntities } from './tables.ts'

const account = prepared((db) =>
  db
    .select({
      sign: tenants.accountBalanceSign,
      currency: studios.currency,
      balance: customerAccounts.balance,
      consumptionCredit: customerAccounts.consumptionCredit,
      openCases: customerAccounts.openCases,
      collectionHold: customerAccounts.collectionHold,
      collectionStage: customerAccounts.collectionStage,
      dunningLevel: dunningLevels.name,
    })
    .from(studios)
    .innerJoin(tenants, eq(tenants.id, studios.tenantId))
    .leftJoin(legalEntities, isLegalEntityOfStudio)
    .leftJoin(
      customerAccounts,
      and(
        eq(customerAccounts.tenantId, studios.tenantId),
        eq(customerAccounts.entityId, legalEntities.id),
        eq(customerAccounts.customerId, sql.placeholder('customerId')),
      ),
    )
    .leftJoin(
      dunningLevels,
      and(eq(dunningLevels.tenantId, customerAccounts.tenantId), eq(dunningLevels.id, customerAccounts.dunningLevelId)),
    )
    .where(eq(studios.id, sql.placeholder('studioId')))
    .prepare('accounts_find_balance'),
)

export type AccountRow = Awaited<ReturnType<ReturnType<typeof account>['execute']>>[number]

/** What stands on the account of a customer with the legal entity of a studio; nulls where there is none yet. */
export async function findAccount(
  db: Queryable,
  customerId: number,
  studioId: number,
): Promise<AccountRow | undefined> {
  const [row] = await account(db).execute({ customerId, studioId })
  return row
}

const entries = prepared((db) =>
  db
    .select({
      id: debtClaims.id,
      dueDate: debtClaims.dueDate,
      description: debtClaims.description,
      amount: debtClaims.amount,
      openAmount: debtClaims.openAmount,
      currency: debtClaims.currency,
      inInstallmentPlan: debtClaims.inInstallmentPlan,
      chargeType: debtClaims.chargeType,
      serviceFrom: debtClaims.serviceFrom,
      serviceTo: debtClaims.serviceTo,
    })
    .from(debtClaims)
    .where(
      and(
        eq(debtClaims.customerId, sql.placeholder('customerId')),
        sql`${debtClaims.dueDate} >= ${sql.placeholder('from')}::date`,
        sql`${debtClaims.dueDate} <= ${sql.placeholder('to')}::date`,
        sql`${debtClaims.state} <> 'VOID'`,
        eq(debtClaims.payer, 'MEMBER'),
      ),
    )
    .orderBy(asc(debtClaims.dueDate), asc(debtClaims.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('skipped'))
    .prepare('accounts_list_entries'),
)

export type EntryRow = Awaited<ReturnType<ReturnType<typeof entries>['execute']>>[number]

export interface EntryQuestion {
  readonly customerId: number
  readonly from: Temporal.PlainDate
  /** Inclusive. */
  readonly to: Temporal.PlainDate
  readonly limit: number
  readonly skipped: number
}

/** Claims and credit notes of a customer that fall due on the given days, by due date. */
export function listEntries(db: Queryable, { from, to, ...question }: EntryQuestion): Promise<EntryRow[]> {
  return entries(db).execute({ ...question, from: from.toString(), to: to.toString() })
}
