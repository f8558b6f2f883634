import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { contractCancelations, contracts, subContracts } from '../tables.ts'

/** The main contract of a module contract, unless one of them was voided. */
export async function findMainContract(db: Queryable, moduleContractId: number) {
  const [row] = await db
    .select({ contractId: contracts.id, customerId: contracts.customerId })
    .from(subContracts)
    .innerJoin(contracts, eq(contracts.id, subContracts.contractId))
    .where(
      and(
        eq(subContracts.id, moduleContractId),
        eq(subContracts.kind, 'MODULE'),
        isNull(subContracts.voidedAt),
        isNull(contracts.voidedAt),
      ),
    )
  return row
}

/** What waits for the staff of a studio: cancelations of modules, and withdrawals of them, the earliest receipt first. */
export function listWaitingModules(db: Queryable, studioId: number) {
  const { state, receiptDate, toDate, reason } = contractCancelations
  return db
    .select({
      moduleContractId: subContracts.id,
      contractId: contracts.id,
      customerId: contracts.customerId,
      name: subContracts.name,
      state,
      receiptDate,
      toDate,
      reason,
    })
    .from(contractCancelations)
    .innerJoin(subContracts, eq(subContracts.id, contractCancelations.subContractId))
    .innerJoin(contracts, eq(contracts.id, subContracts.contractId))
    .where(
      and(
        eq(contracts.studioId, studioId),
        isNull(contracts.voidedAt),
        isNull(subContracts.voidedAt),
        inArray(state, ['PENDING', 'WITHDRAWAL_PENDING']),
      ),
    )
    .orderBy(receiptDate, contractCancelations.id)
}
