import { and, eq, inArray } from 'drizzle-orm'
import { lockCustomers } from '../../customers/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { Queryable } from '../../platform/database/database.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { loadContractRows, lockContractRows } from '../signed/contract-store.ts'
import { findContractRow } from '../own-contract-store.ts'
import { readContract, type SignedContract } from '../signed/signed-contract-facts.ts'
import { contracts } from '../tables.ts'

/** All contracts of a customer, voided ones too, by their start. */
export async function loadCustomerContracts(db: Queryable, customerId: number): Promise<SignedContract[]> {
  return (await loadContractRows(db, { customerId })).map(readContract)
}

/** Contracts by their ids, by their start; unknown ones are left out. */
export async function loadContracts(db: Queryable, contractIds: readonly number[]): Promise<SignedContract[]> {
  if (contractIds.length === 0) return []
  return (await loadContractRows(db, { ids: contractIds })).map(readContract)
}

/**
 * Locks a customer and then the contracts of this customer, or those of them that are named, with their modules and
 * pauses, and reads them under the locks. Vouchers, the account and payment tokens are locked after them.
 */
export async function loadContractsForChange(
  work: UnitOfWork,
  { customerId, contractIds }: { readonly customerId: number; readonly contractIds?: readonly number[] },
): Promise<SignedContract[]> {
  await lockCustomers(work.tx, [customerId])
  const isNamed = contractIds && inArray(contracts.id, [...contractIds])
  const ids = await lockContractRows(work.tx, and(eq(contracts.customerId, customerId), isNamed))
  return loadContracts(work.tx, ids)
}

/** One contract of a customer, locked; a voided one, and one of another customer, is not found (404). */
export async function loadContractForChange(
  work: UnitOfWork,
  { customerId, contractId }: { readonly customerId: number; readonly contractId: number },
): Promise<SignedContract> {
  const [contract] = await loadContractsForChange(work, { customerId, contractIds: [contractId] })
  if (!contract || contract.row.voidedAt !== null) throw notFound('contract', contractId)
  return contract
}

/** One contract by its id alone, under the same locks; an unknown and a voided one are not found (404). */
export async function lockContract(work: UnitOfWork, contractId: number): Promise<SignedContract> {
  const found = await findContractRow(work.tx, contractId)
  if (!found) throw notFound('contract', contractId)
  return loadContractForChange(work, { customerId: found.contract.customerId, contractId })
}
