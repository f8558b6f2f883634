import { and, eq, notExists, sql } from 'drizzle-orm'
import { customerAccounts } from '../../accounts/tables.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { collectionBans } from '../tables.ts'

/** Customers who are kept out although no agency collects from them any more; of one, or of all. */
export async function findBansToLift(db: Queryable, customerId?: number): Promise<number[]> {
  const collected = db
    .select({ customerId: customerAccounts.customerId })
    .from(customerAccounts)
    .where(
      and(
        eq(customerAccounts.customerId, collectionBans.customerId),
        sql`(${customerAccounts.openCases} > 0 or ${customerAccounts.collectionHold})`,
      ),
    )
  const rows = await db
    .select({ customerId: collectionBans.customerId })
    .from(collectionBans)
    .where(and(notExists(collected), customerId === undefined ? undefined : eq(collectionBans.customerId, customerId)))
  return rows.map((row) => row.customerId)
}
