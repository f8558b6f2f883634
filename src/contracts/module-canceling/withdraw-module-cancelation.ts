import { badRequest } from '../../platform/errors/errors.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import { isWithdrawable } from '../module-sales/module-contract.ts'
import { updateCancelationState } from '../changing/row-changes.ts'
import { lockOwnModule, type NamedModule } from './own-module.ts'
import { restoreModule, settleWaiting } from './settle-module.ts'

/**
 * A member takes the own cancelation of a module back, until its last day and as long as the contract lasts longer. One that
 * waits for the staff is gone at once; one in effect is gone at once or waits for the staff, as the studio has configured.
 * Repeating it while it waits changes nothing.
 */
export async function withdrawModuleCancelation(work: PartnerWork, named: NamedModule) {
  const found = await lockOwnModule(work, named)
  const { cancelation } = found.module.sub
  if (!cancelation) throw badRequest('errormessage.contract.cancelationNotFound')
  if (!isWithdrawable(found)) throw badRequest('errormessage.contract.cancelationNotWithdrawable')
  const { id, state, toDate } = cancelation
  if (state === 'WITHDRAWAL_PENDING') return
  const waits = state === 'EFFECTIVE' && found.needsVerification
  await updateCancelationState(work.tx, id, waits ? 'WITHDRAWAL_PENDING' : 'WITHDRAWN', work.now)
  if (waits) {
    const requested = { action: 'contract.moduleWithdrawalRequested', toDate, isFree: false }
    return settleWaiting(work, found, requested)
  }
  const withdrawn = { action: 'contract.moduleCancelationWithdrawn', toDate }
  if (state === 'EFFECTIVE') return restoreModule(work, found, withdrawn)
  return settleWaiting(work, found, { ...withdrawn, isFree: true })
}
