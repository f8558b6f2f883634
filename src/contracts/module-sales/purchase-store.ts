import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { contractCancelations, contracts, subContracts } from '../tables.ts'

/** Whether a cancelation of a contract is in effect. */
export async function isCanceled(db: Queryable, contractId: number): Promise<boolean> {
  const rows = await db
    .select({ id: contractCancelations.id })
    .from(contractCancelations)
    .where(
      and(
        eq(contractCancelations.contractId, contractId),
        inArray(contractCancelations.state, ['EFFECTIVE', 'WITHDRAWAL_PENDING']),
      ),
    )
  return rows.length > 0
}

/** Modules of which a customer had a trial, in any contract. */
export async function listTriedModuleIds(db: Queryable, customerId: number): Promise<ReadonlySet<number>> {
  const { moduleId } = subContracts
  const rows = await db
    .selectDistinct({ moduleId })
    .from(subContracts)
    .innerJoin(contracts, eq(contracts.id, subContracts.contractId))
    .where(
      and(eq(contracts.customerId, customerId), isNotNull(subContracts.trialTermValue), isNull(subContracts.voidedAt)),
    )
  return new Set(rows.flatMap((row) => row.moduleId ?? []))
}
