import { listContractClaims } from '../../accounts/index.ts'
import type { DomainEvent } from '../../platform/units/events.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { amountNumber } from '../../platform/values/money.ts'
import { idlePeriodCancelled } from '../events.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { splitPauses } from '../timeline/pause-rules.ts'
import { updatePauses } from './row-changes.ts'

/**
 * Pauses after the last day are withdrawn, a running one ends with it, and wishes that wait come to nothing. Answers the
 * events of those that were withdrawn; their charges must still be as before.
 */
export async function endPauses(
  work: UnitOfWork,
  contract: SignedContract,
  lastDay: Temporal.PlainDate,
): Promise<DomainEvent[]> {
  const { waiting, dropped, cut } = splitPauses(contract.idlePeriods, lastDay)
  const getIds = (pauses: readonly { readonly id: number }[]) => pauses.map(({ id }) => id)
  const { tx, now } = work
  const changing = contract.idlePeriods.filter(({ pendingChange }) => pendingChange !== null)
  await updatePauses(tx, getIds(changing), { pendingChange: null }, now)
  await updatePauses(tx, getIds(waiting), { state: 'REJECTED' }, now)
  await updatePauses(tx, getIds(dropped), { state: 'WITHDRAWN' }, now)
  await updatePauses(tx, getIds(cut), { endDate: lastDay, unlimited: false }, now)
  return dropped.length === 0 ? [] : announceDropped(work, contract, dropped)
}

/** Partners learn what a pause that was dropped had cost. */
async function announceDropped(
  work: UnitOfWork,
  { row, homeStudioId, plan }: SignedContract,
  dropped: SignedContract['idlePeriods'],
): Promise<DomainEvent[]> {
  const { id: contractId, customerId } = row
  const claims = await listContractClaims(work.tx, contractId)
  return dropped.map(({ id: idlePeriodId, freeDays }) => {
    const fees = claims.filter(
      ({ component, componentId, state }) =>
        component === 'IDLE_PERIOD' && componentId === idlePeriodId && state !== 'VOID',
    )
    const minor = fees.reduce((sum, { amount }) => sum + amount, 0n)
    const idlePeriodAmount = amountNumber({ minor, currency: plan.currency })
    return idlePeriodCancelled({
      entityId: customerId,
      customerId,
      audienceStudioIds: [homeStudioId],
      content: { contractId, idlePeriodId, idlePeriodAmount, usedFreeTermsInDays: freeDays },
    })
  })
}
