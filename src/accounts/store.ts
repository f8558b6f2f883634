import { eq, type Placeholder, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { customerAccounts } from './tables.ts'

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

export async function deleteEmptyAccounts(tx: Tx, customerId: number) {
  await tx.delete(customerAccounts).where(eq(customerAccounts.customerId, customerId))
}
