import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import { contracts, subContracts } from '../tables.ts'
import type { WithdrawalTerms } from './withdrawal-rules.ts'

/** What a studio grants to those who take back what they have signed. */
export async function findWithdrawalTerms(db: Queryable, studioId: number): Promise<WithdrawalTerms> {
  const [row] = await db
    .select({ days: studios.withdrawalDays, chargesUsedDays: studios.withdrawalChargesUsedDays })
    .from(studios)
    .where(eq(studios.id, studioId))
  if (!row) throw new Error(`The studio ${studioId} of a contract is not there.`)
  return row
}

/** Whose contract it is, whether or not it was voided. */
export async function findContractOwner(db: Queryable, contractId: number): Promise<number | undefined> {
  const [row] = await db
    .select({ customerId: contracts.customerId })
    .from(contracts)
    .where(eq(contracts.id, contractId))
  return row?.customerId
}

type Reversal = Pick<typeof contracts.$inferInsert, 'reversalReason' | 'usedUntil'>

/** Marks a contract with the modules and fees that are still part of it as void. */
export async function markVoid(tx: Tx, contractId: number, reversal: Reversal, now: Temporal.Instant) {
  await tx
    .update(contracts)
    .set({ ...reversal, voidedAt: now, updatedAt: now, version: sql`${contracts.version} + 1` })
    .where(eq(contracts.id, contractId))
  await tx
    .update(subContracts)
    .set(voided(now))
    .where(and(eq(subContracts.contractId, contractId), isNull(subContracts.voidedAt)))
}

export async function markModuleVoid(tx: Tx, moduleContractId: number, now: Temporal.Instant) {
  await tx.update(subContracts).set(voided(now)).where(eq(subContracts.id, moduleContractId))
}

const voided = (now: Temporal.Instant) => ({
  voidedAt: now,
  updatedAt: now,
  version: sql`${subContracts.version} + 1`,
})
