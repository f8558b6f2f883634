import { badRequest, conflict, refuseFields, violation } from '../../platform/errors/errors.ts'
import { isAfter } from '../../platform/time/order.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findStaffReason } from '../canceling/cancelation-store.ts'
import { refuseOutside } from '../canceling/refuse-outside.ts'
import { insertCancelation } from '../changing/row-changes.ts'
import { listFollowed } from '../clock/clock-store.ts'
import { type FoundModule, isOutlived } from '../module-sales/module-contract.ts'
import type { CancelationRow } from '../signed/contract-store.ts'
import { isInEffect } from '../signed/signed-contract-facts.ts'
import { decideCancelation } from '../canceling/decide-cancelation.ts'
import { lockModule } from './by-staff.ts'
import { refuseEnded, refuseOtherDates } from './cancel-module.ts'
import { endModule, restoreModule, settleWaiting } from './settle-module.ts'

export interface StaffModuleCancelation {
  readonly moduleContractId: number
  readonly toDate: Temporal.PlainDate
  readonly reasonId: number
  /** Left out: today in the studio. */
  readonly receiptDate?: Temporal.PlainDate | undefined
  readonly kind: 'ORDINARY' | 'EXTRAORDINARY'
  readonly origin: CancelationRow['origin']
}

/**
 * Staff cancel a module: to a day that could be chosen when the cancelation was received, which may have been earlier, or
 * out of the ordinary to any day of the module, also of one that came with the contract. It takes effect at once.
 */
export async function cancelModuleByStaff(
  work: UnitOfWork,
  { moduleContractId, kind, origin, ...wish }: StaffModuleCancelation,
) {
  const found = await lockModule(work, moduleContractId)
  const { receiptDate = found.today, toDate, reasonId } = wish
  if (isAfter(receiptDate, found.today)) throw refuseFields([violation('receiptDate', 'mustNotBeFuture')])
  const reason = await findStaffReason(work.tx, found.contract.row.studioId, { reasonId, kind })
  if (!reason) throw badRequest('errormessage.contract.cancelationReasonInvalid', { reference: 'reasonId' })
  await refuseOver(work, found)
  if (found.module.sub.cancelation) throw conflict('errormessage.contract.cancelationExists')
  if (kind === 'ORDINARY') refuseOtherDates(found, { toDate, receiptDate })
  else refuseOutside(toDate, found.module.sub.row.startDate, found.module.end ?? found.timeline.end)
  const row = { kind, origin, receiptDate, toDate, reasonId, reason, state: 'EFFECTIVE' } as const
  await insertCancelation(work.tx, { subContractId: moduleContractId, ...row }, work.now)
  await endModule(work, found, { action: 'contract.moduleCanceled', toDate })
}

/**
 * Staff take the cancelation of a module by the customer or the studio back, until its last day and as long as the
 * contract lasts longer.
 */
export async function withdrawModuleByStaff(
  work: UnitOfWork,
  { moduleContractId, reason }: { readonly moduleContractId: number; readonly reason: string },
) {
  const found = await lockModule(work, moduleContractId)
  const { cancelation } = found.module.sub
  if (!cancelation) throw badRequest('errormessage.contract.cancelationNotFound')
  if (isOutlived(found)) throw badRequest('errormessage.contract.cancelationNotWithdrawable')
  const wasInEffect = isInEffect(cancelation)
  if (wasInEffect) refuseEnded(found)
  const decision = { cancelation, state: 'WITHDRAWN', action: 'contractCancelation.withdrawn' } as const
  await decideCancelation(work, found.contract, { ...decision, note: reason })
  const withdrawn = { action: 'contract.moduleCancelationWithdrawn', toDate: cancelation.toDate }
  if (wasInEffect) return restoreModule(work, found, withdrawn)
  return settleWaiting(work, found, { ...withdrawn, isFree: true })
}

/** A module that has ended, or is followed by its next contract already, cannot be canceled any more. */
async function refuseOver(work: UnitOfWork, found: FoundModule) {
  refuseEnded(found)
  const { id } = found.module.sub.row
  if ((await listFollowed(work.tx, [id])).has(id)) throw badRequest('errormessage.contract.ended')
}
