import { endContractEntitlements } from '../../entitlements/index.ts'
import { isAfter } from '../../platform/time/order.ts'
import { amountNumber } from '../../platform/values/money.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { knownOfTakenOver } from '../changing/contract-entitlements.ts'
import { finishChange } from '../changing/finish-change.ts'
import { followModules } from '../clock/module-followers.ts'
import { contractCancelled, contractUpdated, idlePeriodCancelled, moduleCancelled, moduleUpdated } from '../events.ts'
import { findIdleFee } from '../idle-periods/fee-rules.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { updatePauses } from '../changing/row-changes.ts'

interface Settled {
  /** Past tense, for the audit log. */
  readonly action: string
  readonly toDate: Temporal.PlainDate
}

/**
 * The end of every operation by which a cancelation becomes effective and whose row is written: the contract and its
 * modules end at the latest on `toDate`, and pauses that would begin later are taken back. `contract` is as it was before.
 */
export async function takeEffect(work: UnitOfWork, contract: SignedContract, { action, toDate }: Settled) {
  const { id: contractId, studioId } = contract.row
  const about = aboutCustomer(contract)
  const late = contract.idlePeriods.filter(({ startDate }) => isAfter(startDate, toDate))
  const taken = { state: 'WITHDRAWN', pendingChange: null } as const
  await updatePauses(
    work.tx,
    late.map(({ id }) => id),
    taken,
    work.now,
  )
  for (const { id, state } of late) {
    const diff = { state: [state, 'WITHDRAWN'] } as const
    work.audit({ action: 'idlePeriod.withdrawn', entityKind: 'idlePeriod', entityId: id, studioId, diff })
  }
  const { movedModules } = await finishChange(work, {
    contractId,
    action,
    effectiveFrom: toDate.add({ days: 1 }),
    event: contractCancelled,
  })
  for (const moduleContractId of movedModules) {
    work.emit(moduleCancelled({ ...about, content: { contractId, moduleContractId } }))
  }
  // Partners never learned of pauses that still waited for staff.
  const today = dateIn(work.now, contract.studio.zone)
  const { phases } = readTimeline(contract, today)
  for (const pause of late.filter(({ state }) => state === 'ACCEPTED')) {
    const { total, freeDays } = findIdleFee(pause, { contract, phases, today })
    const cost = { idlePeriodAmount: amountNumber(total), usedFreeTermsInDays: freeDays }
    work.emit(idlePeriodCancelled({ ...about, content: { contractId, idlePeriodId: pause.id, ...cost } }))
  }
}

/**
 * The end of every operation that takes an effective cancelation back and whose row is written: the contract goes on as if
 * it had not been canceled, over deadlines that have passed meanwhile, and so do its modules. `contract` is as it was
 * before. Pauses that were taken back stay so.
 */
export async function revert(work: UnitOfWork, contract: SignedContract, { action, toDate }: Settled) {
  const { id: contractId } = contract.row
  const about = aboutCustomer(contract)
  const { cancelation: _gone, ...free } = contract
  const followers = await followModules(work, free, dateIn(work.now, contract.studio.zone))
  const finished = await finishChange(work, {
    contractId,
    action,
    effectiveFrom: toDate.add({ days: 1 }),
    event: contractUpdated,
  })
  const { contract: after, movedModules, timeline } = finished
  // What a contract that was taken over entitles to does not follow from it: the cancelation had ended it.
  const isUnknown = contract.row.snapshot.services === undefined
  if (isUnknown && !timeline.finalEnd) {
    await endContractEntitlements(work, contractId, null, knownOfTakenOver(after))
  }
  for (const moduleContractId of movedModules) {
    work.emit(moduleUpdated({ ...about, content: { contractId, moduleContractId } }))
  }
  for (const event of followers) work.emit(event)
}

/**
 * The end of every operation on a cancelation that is not in effect: it waits for staff, or waits no more. A contract that
 * was held back by it goes on over the deadlines that have passed.
 */
export async function settleWaiting(work: UnitOfWork, contract: SignedContract, { action, toDate }: Settled) {
  const { id: contractId } = contract.row
  await finishChange(work, { contractId, action, effectiveFrom: toDate.add({ days: 1 }) })
}

function aboutCustomer({ row: { customerId }, homeStudioId }: SignedContract) {
  return { entityId: customerId, customerId, audienceStudioIds: [homeStudioId] }
}
