import { badRequest, conflict, notFound } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { loadContractForChange } from '../changing/loading.ts'
import { findModule, type FoundModule } from '../module-sales/module-contract.ts'
import type { CancelationRow } from '../signed/contract-store.ts'
import { decideCancelation } from '../canceling/decide-cancelation.ts'
import { refuseEnded } from './cancel-module.ts'
import { findMainContract } from './module-cancelation-store.ts'
import { endModule, restoreModule, settleWaiting } from './settle-module.ts'

type State = CancelationRow['state']

/** Lets what waits come true: the module ends, by the day of receipt; or it goes on, unless it has ended meanwhile. */
export async function acceptModuleCancelation(work: UnitOfWork, moduleContractId: number): Promise<State> {
  const { found, cancelation } = await lockWaiting(work, moduleContractId)
  const { toDate } = cancelation
  if (cancelation.state === 'PENDING') {
    await decideCancelation(work, found.contract, {
      cancelation,
      state: 'EFFECTIVE',
      action: 'contractCancelation.accepted',
    })
    await endModule(work, found, { action: 'contract.moduleCanceled', toDate })
    return 'EFFECTIVE'
  }
  refuseEnded(found)
  await decideCancelation(work, found.contract, {
    cancelation,
    state: 'WITHDRAWN',
    action: 'contractCancelation.accepted',
  })
  await restoreModule(work, found, { action: 'contract.moduleCancelationWithdrawn', toDate })
  return 'WITHDRAWN'
}

/** Turns down what waits: the module goes on, over deadlines that have passed meanwhile; or it stays canceled. */
export async function rejectModuleCancelation(
  work: UnitOfWork,
  { moduleContractId, note }: { readonly moduleContractId: number; readonly note?: string | undefined },
): Promise<State> {
  const { found, cancelation } = await lockWaiting(work, moduleContractId)
  const isFree = cancelation.state === 'PENDING'
  const state = isFree ? 'REJECTED' : 'EFFECTIVE'
  await decideCancelation(work, found.contract, { cancelation, state, action: 'contractCancelation.rejected', note })
  const { toDate } = cancelation
  await settleWaiting(work, found, { action: 'contract.moduleCancelationRejected', toDate, isFree })
  return state
}

/** A module contract under the locks of its contract; one that was voided, or whose contract was, is unknown (404). */
export async function lockModule(work: UnitOfWork, moduleContractId: number): Promise<FoundModule> {
  const main = await findMainContract(work.tx, moduleContractId)
  if (!main) throw notFound('moduleContract', moduleContractId)
  const contract = await loadContractForChange(work, main)
  return findModule(contract, moduleContractId, dateIn(work.now, contract.studio.zone))
}

async function lockWaiting(work: UnitOfWork, moduleContractId: number) {
  const found = await lockModule(work, moduleContractId)
  const { cancelation } = found.module.sub
  if (!cancelation) throw badRequest('errormessage.contract.cancelationNotFound')
  if (cancelation.state === 'EFFECTIVE') throw conflict('errormessage.amendment.notPending')
  return { found, cancelation }
}
