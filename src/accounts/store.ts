import { and, eq, notExists, type Placeholder, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { findHomeLegalEntity } from './legal-entities/legal-entity-store.ts'
import { type Money, readMoney } from '../platform/values/money.ts'
import { customerAccounts, postings } from './tables.ts'

/** The customer who owes under this debtor id, as an expression of a statement; one debtor id is one account. */
export function customerIdOfDebtor(debtorId: Placeholder) {
  return sql<number>`(select ${customerAccounts.customerId} from ${customerAccounts}
    where ${customerAccounts.debtorId} = ${debtorId})`
}

/** What stands on a customer's accounts, one per legal entity. */
export function listAccounts(db: Queryable, customerId: number) {
  return db
    .select({
      entityId: customerAccounts.entityId,
      balance: customerAccounts.balance,
      consumptionCredit: customerAccounts.consumptionCredit,
      dunningLevelId: customerAccounts.dunningLevelId,
      openCases: customerAccounts.openCases,
      collectionHold: customerAccounts.collectionHold,
    })
    .from(customerAccounts)
    .where(eq(customerAccounts.customerId, customerId))
    .orderBy(customerAccounts.entityId)
}

/** Deletes the accounts of a person for whom nothing was ever booked. */
export async function deleteEmptyAccounts(tx: Tx, customerId: number) {
  const booked = tx.select({ id: postings.entryId }).from(postings).where(eq(postings.customerId, customerId))
  await tx.delete(customerAccounts).where(and(eq(customerAccounts.customerId, customerId), notExists(booked)))
}

/** The prepaid credit of a customer with the home legal entity; zero without an account, undefined without a customer. */
export async function findConsumptionCredit(db: Queryable, customerId: number): Promise<Money | undefined> {
  const home = await findHomeLegalEntity(db, customerId)
  if (!home) return undefined
  const account = (await listAccounts(db, customerId)).find(({ entityId }) => entityId === home.entityId)
  return readMoney(account?.consumptionCredit ?? '0', home.booksCurrency ?? home.currency, 'amount')
}
