import { eq, inArray, sql } from 'drizzle-orm'
import { customerStanding } from '../customers/index.ts'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { readContracts } from './contract-facts.ts'
import { deleteDocuments } from './document/document-store.ts'
import { contracts, contractSignatures } from './tables.ts'

/** Effective main contracts of a customer that are not over on a day, those that have yet to begin included. */
export async function listLivingContractIds(db: Queryable, customerId: number, today: Temporal.PlainDate) {
  const [row] = await db
    .select({ standing: customerStanding(sql`asked.id`) })
    .from(sql`(select ${customerId}::bigint as id) asked`)
  return readContracts(row?.standing ?? null)
    .filter(({ lastDay }) => lastDay === null || lastDay >= today.toString())
    .map(({ contractId }) => contractId)
}

/** Remarks, foreign numbers, drawn signatures and documents of contracts; terms and dates stay. */
export async function blankContractRemarks(tx: Tx, customerId: number) {
  const own = tx.select({ id: contracts.id }).from(contracts).where(eq(contracts.customerId, customerId))
  await deleteDocuments(tx, customerId)
  await tx.delete(contractSignatures).where(inArray(contractSignatures.contractId, own))
  await tx
    .update(contracts)
    .set({ notes: null, thirdPartyId: null, reversalReason: null })
    .where(eq(contracts.customerId, customerId))
}
