import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database/database.ts'
import { type ModulePlan, packPlan, unpackPlan } from '../../membership-offers/index.ts'
import type { SubContract } from '../signed/signed-contract-facts.ts'
import { contractCancelations, subContracts } from '../tables.ts'

/** Cancelations of module contracts that wait for staff come to nothing. */
export async function rejectModuleCancelations(tx: Tx, subContractIds: readonly number[], now: Temporal.Instant) {
  if (subContractIds.length === 0) return
  await tx
    .update(contractCancelations)
    .set({ state: 'REJECTED', updatedAt: now, version: sql`${contractCancelations.version} + 1` })
    .where(
      and(inArray(contractCancelations.subContractId, [...subContractIds]), eq(contractCancelations.state, 'PENDING')),
    )
}

interface Carrying {
  readonly contractId: number
  readonly carried: NonNullable<ModulePlan['carried']>
  /** Pays a part of the price of the module. */
  readonly companyId: number | null
}

/** A module contract goes over to another contract and keeps its billing and its prices. */
export async function moveModule(
  tx: Tx,
  { row }: SubContract,
  { contractId, carried, companyId }: Carrying,
  now: Temporal.Instant,
) {
  const { plan } = row.snapshot
  const snapshot = plan
    ? { ...row.snapshot, companyId, plan: packPlan({ ...unpackPlan<ModulePlan>(plan), carried }) }
    : row.snapshot
  await tx
    .update(subContracts)
    .set({ contractId, snapshot, updatedAt: now, version: sql`${subContracts.version} + 1` })
    .where(eq(subContracts.id, row.id))
}
