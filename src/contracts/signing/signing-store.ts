import { returnedId } from '../../platform/database/returned-id.ts'
import type { Tx } from '../../platform/database/database.ts'
import {
  contractCheckinStudios,
  contractPhases,
  contracts,
  contractSignatures,
  contractTextConsents,
  subContracts,
} from '../tables.ts'

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewContract = Omit<typeof contracts.$inferInsert, Fill>
export type NewSubContract = Omit<typeof subContracts.$inferInsert, Fill | 'contractId'>

export async function insertContract(tx: Tx, contract: NewContract, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(contracts)
    .values({ ...contract, createdAt: now, updatedAt: now })
    .returning({ id: contracts.id })
  return returnedId(rows)
}

export async function insertFirstPhase(
  tx: Tx,
  phase: Pick<typeof contractPhases.$inferInsert, 'contractId' | 'fromDate' | 'rateId' | 'snapshot'>,
  now: Temporal.Instant,
) {
  await tx.insert(contractPhases).values({ ...phase, seq: 0, createdAt: now })
}

/** Where the contract lets its member in; null = everywhere. */
export async function insertCheckinStudios(
  tx: Tx,
  contractId: number,
  studioIds: readonly (number | null)[],
  now: Temporal.Instant,
) {
  await tx
    .insert(contractCheckinStudios)
    .values(studioIds.map((studioId) => ({ contractId, studioId, createdAt: now })))
}

/** Module contracts and flat fees of a contract; answers their ids in order. */
export async function insertSubContracts(
  tx: Tx,
  contractId: number,
  subs: readonly NewSubContract[],
  now: Temporal.Instant,
): Promise<number[]> {
  if (subs.length === 0) return []
  const rows = await tx
    .insert(subContracts)
    .values(subs.map((sub) => ({ ...sub, contractId, createdAt: now, updatedAt: now })))
    .returning({ id: subContracts.id })
  return rows.map(({ id }) => id)
}

export async function insertSignatures(
  tx: Tx,
  contractId: number,
  drawings: readonly Pick<typeof contractSignatures.$inferInsert, 'textBlockId' | 'drawing'>[],
  now: Temporal.Instant,
) {
  if (drawings.length === 0) return
  await tx
    .insert(contractSignatures)
    .values(drawings.map((each) => ({ ...each, contractId, signedAt: now, createdAt: now })))
}

export async function insertConsents(
  tx: Tx,
  contractId: number,
  texts: readonly Pick<typeof contractTextConsents.$inferInsert, 'textBlockId' | 'textHash'>[],
  now: Temporal.Instant,
) {
  if (texts.length === 0) return
  await tx
    .insert(contractTextConsents)
    .values(texts.map((each) => ({ ...each, contractId, confirmedAt: now, createdAt: now })))
}

/** Under which the journal knows the credit that a voucher gave for a contract. */
export const keyOfVoucherCredit = (contractId: number) => `contract:${contractId}`
