import { type Placeholder, sql } from 'drizzle-orm'
import { customerAccounts } from './tables.ts'

/** The customer who owes under this debtor id, as an expression of a statement; one debtor id is one account. */
export function customerIdOfDebtor(debtorId: Placeholder) {
  return sql<number>`(select ${customerAccounts.customerId} from ${customerAccounts}
    where ${customerAccounts.debtorId} = ${debtorId})`
}
