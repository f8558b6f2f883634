import { ApiError } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import { loadContractForChange } from '../changing/loading.ts'
import { findModule, findModuleMode, type FoundModule } from '../module-sales/module-contract.ts'
import { findOwnContract } from '../own-contracts.ts'

export interface NamedModule {
  readonly contractId: number
  readonly moduleContractId: number
}

/**
 * Locks a module contract with its contract for what a member wishes. Refuses contracts that are unknown to the studio
 * (404) and everything where the studio lets its members change nothing (403).
 */
export async function lockOwnModule(
  work: PartnerWork,
  { contractId, moduleContractId }: NamedModule,
): Promise<FoundModule & { readonly needsVerification: boolean }> {
  const { id, customerId } = await findOwnContract(work, contractId)
  work.concern(customerId)
  const contract = await loadContractForChange(work, { customerId, contractId: id })
  const found = findModule(contract, moduleContractId, dateIn(work.now, contract.studio.zone))
  const mode = await findModuleMode(work)
  if (mode === 'READ') throw new ApiError(403, 'errormessage.selfService.readOnly')
  return { ...found, needsVerification: mode === 'CHANGES_REQUIRE_VERIFICATION' }
}
