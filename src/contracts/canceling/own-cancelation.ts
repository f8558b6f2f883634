import { lockOwnCustomer } from '../../customers/index.ts'
import { ApiError } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import { listAmendmentConfig } from '../../self-service/index.ts'
import { loadContractForChange } from '../changing/loading.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'

export interface NamedContract {
  readonly customerId: number
  readonly contractId: number
}

export interface CancelationFacts {
  readonly contract: SignedContract
  /** The local date of the contract's studio. */
  readonly today: Temporal.PlainDate
  /** What members do takes effect when the staff have agreed. */
  readonly needsVerification: boolean
}

/**
 * A contract of a customer of the studio under its locks; any other is unknown (404). Refuses where the studio does not
 * let its members cancel (403).
 */
export async function lockOwnCancelation(
  work: PartnerWork,
  { customerId, contractId }: NamedContract,
): Promise<CancelationFacts> {
  await lockOwnCustomer(work, customerId)
  const contract = await loadContractForChange(work, { customerId, contractId })
  const modes = await listAmendmentConfig(work, work.caller.studio.id)
  const mode = modes.find(({ kind }) => kind === 'CONTRACT_CANCELATION')?.mode ?? 'READ'
  if (mode === 'READ') throw new ApiError(403, 'errormessage.selfService.readOnly')
  const needsVerification = mode === 'CHANGES_REQUIRE_VERIFICATION'
  return { contract, today: dateIn(work.now, contract.studio.zone), needsVerification }
}
