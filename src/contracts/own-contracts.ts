import { isVisibleCustomer } from '../customers/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { findContractRow } from './own-contract-store.ts'
import type { contracts } from './tables.ts'

/** A main contract of the studio of the key or of a customer at home there; any other is unknown. */
export async function findOwnContract(
  { db, caller }: Pick<PartnerView, 'db' | 'caller'>,
  contractId: number,
): Promise<typeof contracts.$inferSelect> {
  const { studio, integration } = caller
  const row = await findContractRow(db, contractId)
  const isNear = row && [row.contract.studioId, row.homeStudioId].includes(studio.id)
  const sight = { studioIds: null, integrationId: integration.id }
  if (!isNear || !(await isVisibleCustomer(db, sight, row.contract.customerId))) throw notFound('contract', contractId)
  return row.contract
}
