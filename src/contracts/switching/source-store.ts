import { and, inArray, sql } from 'drizzle-orm'
import { customerStanding } from '../../customers/index.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { type ContractStanding, readContracts } from '../contract-facts.ts'
import { contractCancelations } from '../tables.ts'

/** The contracts of a customer that were not voided, oldest first. */
export async function listContractStandings(db: Queryable, customerId: number): Promise<readonly ContractStanding[]> {
  const [row] = await db
    .select({ standing: customerStanding(sql`asked.id`) })
    .from(sql`(select ${customerId}::bigint as id) asked`)
  return readContracts(row?.standing ?? null)
}

/** Which of the contracts are canceled, or wait for staff to say so. */
export async function listCanceledIds(db: Queryable, contractIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (contractIds.length === 0) return new Set()
  const { contractId, state } = contractCancelations
  const rows = await db
    .select({ contractId })
    .from(contractCancelations)
    .where(and(inArray(contractId, [...contractIds]), inArray(state, ['PENDING', 'EFFECTIVE', 'WITHDRAWAL_PENDING'])))
  return new Set(rows.flatMap((row) => row.contractId ?? []))
}
