import { badRequest } from '../../platform/errors/errors.ts'
import { isBefore } from '../../platform/time/order.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import type { CancelationRow } from '../signed/contract-store.ts'
import { updateCancelationState } from '../changing/row-changes.ts'
import { lockOwnCancelation, type NamedContract } from './own-cancelation.ts'
import { revert, settleWaiting } from './settle-cancelation.ts'

/**
 * A member takes the own cancelation of a contract back, until its last day. One that waits for the staff is gone at once;
 * one in effect is gone at once or waits for the staff, as the studio has configured. Repeating it while it waits changes
 * nothing.
 */
export async function withdrawCancelation(work: PartnerWork, named: NamedContract) {
  const { contract, today, needsVerification } = await lockOwnCancelation(work, named)
  const { cancelation } = contract
  if (!cancelation) throw badRequest('errormessage.contract.cancelationNotFound')
  if (!isWithdrawable(cancelation, today)) throw badRequest('errormessage.contract.cancelationNotWithdrawable')
  const { id, state, toDate } = cancelation
  if (state === 'WITHDRAWAL_PENDING') return
  const waits = state === 'EFFECTIVE' && needsVerification
  await updateCancelationState(work.tx, id, waits ? 'WITHDRAWAL_PENDING' : 'WITHDRAWN', work.now)
  if (waits) return settleWaiting(work, contract, { action: 'contract.cancelationWithdrawalRequested', toDate })
  const withdrawn = { action: 'contract.cancelationWithdrawn', toDate }
  return state === 'EFFECTIVE' ? revert(work, contract, withdrawn) : settleWaiting(work, contract, withdrawn)
}

/** Members take back what they have wished themselves, as long as the contract lasts. */
function isWithdrawable({ kind, origin, toDate }: CancelationRow, today: Temporal.PlainDate): boolean {
  return kind === 'ORDINARY' && origin === 'CUSTOMER' && !isBefore(toDate, today)
}
