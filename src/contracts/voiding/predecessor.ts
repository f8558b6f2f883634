import { moveModuleClaims } from '../../accounts/index.ts'
import { moveModuleEntitlements } from '../../entitlements/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { revert } from '../canceling/settle-cancelation.ts'
import { updateCancelationState } from '../changing/row-changes.ts'
import { moduleUpdated } from '../events.ts'
import { findPayingCompany, type SignedContract } from '../signed/signed-contract-facts.ts'
import { moveModule } from '../switching/switch-store.ts'

interface Reversing {
  readonly contract: SignedContract
  /** The contracts of the customer. */
  readonly all: readonly SignedContract[]
}

/**
 * A contract that replaced another one, and whose signing is taken back, gives way to it again: the one before goes on as if
 * it had not been switched, with the modules that had moved along. Answers those modules; undefined where no contract goes on.
 */
export async function returnToPredecessor(
  work: UnitOfWork,
  reversing: Reversing,
): Promise<{ readonly moduleContractIds: readonly number[] } | undefined> {
  const { contract } = reversing
  const before = findPredecessor(reversing)
  if (!before) return undefined
  const { id: contractId, customerId } = before.contract.row
  const { id: cancelationId, toDate } = before.cancelation
  const moduleContractIds = await moveModulesBack(work, contract, contractId)
  await moveModuleEntitlements(work.tx, { contractId, moduleContractIds }, work.now)
  await moveModuleClaims(work, { customerId, contractId, moduleContractIds })
  await updateCancelationState(work.tx, cancelationId, 'WITHDRAWN', work.now)
  await revert(work, before.contract, { action: 'contract.switchReversed', toDate })
  for (const moduleContractId of moduleContractIds) {
    const audienceStudioIds = [contract.homeStudioId]
    const content = { contractId, moduleContractId }
    work.emit(moduleUpdated({ entityId: customerId, customerId, audienceStudioIds, content }))
  }
  return { moduleContractIds }
}

/** The contract that ended by the switch to this one, unless this one was switched in its turn. */
function findPredecessor({ contract, all }: Reversing) {
  if (contract.cancelation?.kind === 'SWITCH') return undefined
  const before = all.find(({ row }) => row.id === contract.row.switchedFromId && row.voidedAt === null)
  const { cancelation } = before ?? {}
  return before && cancelation?.kind === 'SWITCH' ? { contract: before, cancelation } : undefined
}

/** Modules that had come along from the contract before. */
async function moveModulesBack(work: UnitOfWork, contract: SignedContract, contractId: number): Promise<number[]> {
  const moved: number[] = []
  for (const sub of contract.subContracts) {
    const carried = sub.row.voidedAt === null ? sub.plan?.carried : undefined
    if (!carried) continue
    const companyId = findPayingCompany(contract, sub)
    await moveModule(work.tx, sub, { contractId, carried, companyId }, work.now)
    moved.push(sub.row.id)
  }
  return moved
}
