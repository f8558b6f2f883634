import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { contractCancelations, contractPhases, contracts, subContracts } from '../tables.ts'

/** Where a contract stands, as its row keeps it. */
export type ContractStand = Pick<typeof contracts.$inferInsert, 'extensionIndex' | 'committedEnd' | 'endIsFinal'>

export async function updateContract(tx: Tx, contractId: number, stand: ContractStand, now: Temporal.Instant) {
  await tx
    .update(contracts)
    .set({ ...stand, updatedAt: now, version: sql`${contracts.version} + 1` })
    .where(eq(contracts.id, contractId))
}

type SubStand = Pick<typeof subContracts.$inferInsert, 'extensionIndex' | 'committedEnd' | 'endIsFinal'>

export async function updateSubContract(tx: Tx, subContractId: number, stand: SubStand, now: Temporal.Instant) {
  await tx
    .update(subContracts)
    .set({ ...stand, updatedAt: now, version: sql`${subContracts.version} + 1` })
    .where(eq(subContracts.id, subContractId))
}

export async function insertPhase(tx: Tx, phase: typeof contractPhases.$inferInsert) {
  await tx.insert(contractPhases).values(phase)
}

export async function movePhase(tx: Tx, phaseId: number, fromDate: Temporal.PlainDate) {
  await tx.update(contractPhases).set({ fromDate }).where(eq(contractPhases.id, phaseId))
}

/** Removes the phases after a number: they have not begun and never will. */
export async function deletePhasesAfter(tx: Tx, contractId: number, seq: number) {
  await tx.delete(contractPhases).where(and(eq(contractPhases.contractId, contractId), gt(contractPhases.seq, seq)))
}

/** The last days of a customer's contracts that are not void, cancelations considered; null goes on. */
export function listLastDays(db: Queryable, customerId: number) {
  const canceledTo = sql`(select n.to_date from ${contractCancelations} n where n.tenant_id = ${contracts.tenantId}
    and n.contract_id = ${contracts.id} and n.state in ('EFFECTIVE', 'WITHDRAWAL_PENDING'))`
  const lastDay = sql<string | null>`palestra_last_day(${canceledTo},
    case when not ${contracts.endIsFinal} then ${contracts.snapshot} end, ${contracts.committedEnd})::text`
  return db
    .select({ lastDay })
    .from(contracts)
    .where(and(eq(contracts.customerId, customerId), isNull(contracts.voidedAt)))
}
