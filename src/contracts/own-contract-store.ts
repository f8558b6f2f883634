import { and, eq, isNull } from 'drizzle-orm'
import { customers } from '../customers/index.ts'
import type { Queryable } from '../platform/database/database.ts'
import { contracts } from './tables.ts'

/** A main contract that was not voided, with where it is and where its customer is at home. */
export async function findContractRow(db: Queryable, contractId: number) {
  const [row] = await db
    .select({ contract: contracts, homeStudioId: customers.studioId })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(and(eq(contracts.id, contractId), isNull(contracts.voidedAt)))
  return row
}
