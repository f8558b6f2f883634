import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { contracts, subContracts } from '../tables.ts'

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
