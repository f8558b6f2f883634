import type { UnitOfWork } from '../../platform/units/work.ts'
import { finishChange } from '../changing/finish-change.ts'
import { followModules } from '../clock/module-followers.ts'
import { contractUpdated, moduleCancelled, moduleUpdated } from '../events.ts'
import type { FoundModule } from '../module-sales/module-contract.ts'
import type { SubContract } from '../signed/signed-contract-facts.ts'

interface Settled {
  /** Past tense, for the audit log. */
  readonly action: string
  readonly toDate: Temporal.PlainDate
}

/** The end of every operation by which the cancelation of a module becomes effective and whose row is written. */
export async function endModule(work: UnitOfWork, found: FoundModule, { action, toDate }: Settled) {
  const { contractId, about, content } = describe(found)
  await finishChange(work, {
    contractId,
    action,
    effectiveFrom: toDate.add({ days: 1 }),
    event: contractUpdated,
    moreEvents: [moduleCancelled({ ...about, content })],
  })
}

/**
 * The end of every operation that takes an effective cancelation back and whose row is written: the module goes on over
 * deadlines that have passed meanwhile, or is followed by the next one.
 */
export async function restoreModule(work: UnitOfWork, found: FoundModule, { action, toDate }: Settled) {
  const { contractId, about, content } = describe(found)
  const followers = await followFreed(work, found)
  await finishChange(work, {
    contractId,
    action,
    effectiveFrom: toDate.add({ days: 1 }),
    event: contractUpdated,
    moreEvents: [moduleUpdated({ ...about, content }), ...followers],
  })
}

/**
 * The end of every operation on a cancelation that is not in effect. One that waits holds further terms back; a module that
 * nothing holds any more (`isFree`) goes on over the deadlines that have passed.
 */
export async function settleWaiting(
  work: UnitOfWork,
  found: FoundModule,
  { action, toDate, isFree }: Settled & { readonly isFree: boolean },
) {
  const { contractId, about, content } = describe(found)
  const followers = isFree ? await followFreed(work, found) : []
  const { hasMoved, movedModules } = await finishChange(work, {
    contractId,
    action,
    effectiveFrom: toDate.add({ days: 1 }),
    moreEvents: followers,
  })
  const isNews = movedModules.length > 0 || followers.length > 0
  if (isNews && !hasMoved) work.emit(contractUpdated({ ...about, content: { contractId } }))
  if (movedModules.includes(content.moduleContractId)) work.emit(moduleUpdated({ ...about, content }))
}

/** What follows the module once its cancelation is gone. */
function followFreed(work: UnitOfWork, { contract, module, today }: FoundModule) {
  const free = (sub: SubContract): SubContract => {
    if (sub.row.id !== module.sub.row.id || !sub.plan) return sub
    const { canceledTo: _fixed, wishedEnd: _wished, ...plan } = sub.plan
    return { row: sub.row, plan }
  }
  return followModules(work, { ...contract, subContracts: contract.subContracts.map(free) }, today)
}

function describe({ contract, module }: FoundModule) {
  const { id: contractId, customerId } = contract.row
  const about = { entityId: customerId, customerId, audienceStudioIds: [contract.homeStudioId] }
  return { contractId, about, content: { contractId, moduleContractId: module.sub.row.id } }
}
