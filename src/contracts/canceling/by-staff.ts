import { postResidualClaims } from '../../accounts/index.ts'
import { badRequest, conflict, refuseFields, violation } from '../../platform/errors/errors.ts'
import { isAfter } from '../../platform/time/order.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { lockContract } from '../changing/loading.ts'
import { contractHooks } from '../hooks.ts'
import type { CancelationRow } from '../signed/contract-store.ts'
import { isInEffect } from '../signed/signed-contract-facts.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'
import { refuseEnded, refuseOtherDates } from './cancel-contract.ts'
import { insertCancelation } from '../changing/row-changes.ts'
import { decideCancelation } from './decide-cancelation.ts'
import { refuseOutside } from './refuse-outside.ts'
import { findStaffReason, type StaffKind } from './cancelation-store.ts'
import { revert, settleWaiting, takeEffect } from './settle-cancelation.ts'

export interface StaffCancelation {
  readonly contractId: number
  readonly toDate: Temporal.PlainDate
  readonly reasonId: number
  /** Left out: today in the studio. */
  readonly receiptDate?: Temporal.PlainDate | undefined
  readonly kind: StaffKind
  readonly origin: CancelationRow['origin']
  /** For default only: what was agreed beyond the last day, up to the end that was shown, is due at once. */
  readonly residualClaims?: boolean | undefined
  /** For default only: an agency is to collect what is due. */
  readonly handOver?: boolean | undefined
}

/**
 * Staff cancel a contract: to a day that could be chosen when the cancelation was received, which may have been earlier,
 * or out of the ordinary, or for default, to any day of the contract. It takes effect at once.
 */
export async function cancelByStaff(work: UnitOfWork, { contractId, ...wish }: StaffCancelation) {
  const { contract, today } = await lockForToday(work, contractId)
  const { receiptDate = today, toDate, reasonId, kind, origin } = wish
  refuseUnfit(wish, { receiptDate, today })
  const reason = await findStaffReason(work.tx, contract.row.studioId, { reasonId, kind })
  if (!reason) throw badRequest('errormessage.contract.cancelationReasonInvalid', { reference: 'reasonId' })
  refuseEnded(contract, today)
  if (contract.cancelation) throw conflict('errormessage.contract.cancelationExists')
  if (kind === 'ORDINARY') refuseOtherDates(contract, { toDate, receiptDate })
  else refuseOutside(toDate, contract.plan.useFrom, readTimeline(contract, today).end)
  const residualUntil = wish.residualClaims ? readTimeline(contract, today).end : null
  const row = { contractId, kind, origin, receiptDate, toDate, reasonId, reason, residualUntil } as const
  await insertCancelation(work.tx, { ...row, state: 'EFFECTIVE' }, work.now)
  await takeEffect(work, contract, { action: 'contract.canceled', toDate })
  const { customerId, studioId } = contract.row
  if (residualUntil) await postResidualClaims(work, { contractId, customerId })
  if (wish.handOver) await contractHooks().handOver(work, { customerId, studioId })
}

/** What only a cancelation for default can ask for, and a receipt that has yet to come. */
function refuseUnfit(
  { kind, origin, residualClaims, handOver }: Omit<StaffCancelation, 'contractId'>,
  { receiptDate, today }: { readonly receiptDate: Temporal.PlainDate; readonly today: Temporal.PlainDate },
) {
  if (isAfter(receiptDate, today)) throw refuseFields([violation('receiptDate', 'mustNotBeFuture')])
  const misfit = (field: string) => refuseFields([violation(field, 'enum')])
  if (kind === 'DUNNING' && origin !== 'STUDIO') throw misfit('origin')
  if (kind !== 'DUNNING' && residualClaims) throw misfit('residualClaims')
  if (kind !== 'DUNNING' && handOver) throw misfit('handOver')
}

/** Lets what waits come true: the contract ends, by the day of receipt; or it goes on, unless it has ended meanwhile. */
export async function acceptCancelation(work: UnitOfWork, contractId: number): Promise<CancelationRow['state']> {
  const { contract, cancelation, today } = await lockWaiting(work, contractId)
  const { state: before, toDate } = cancelation
  if (before === 'PENDING') {
    await decideCancelation(work, contract, { cancelation, state: 'EFFECTIVE', action: 'contractCancelation.accepted' })
    await takeEffect(work, contract, { action: 'contract.canceled', toDate })
    return 'EFFECTIVE'
  }
  refuseEnded(contract, today)
  await decideCancelation(work, contract, { cancelation, state: 'WITHDRAWN', action: 'contractCancelation.accepted' })
  await revert(work, contract, { action: 'contract.cancelationWithdrawn', toDate })
  return 'WITHDRAWN'
}

/** Turns down what waits: the contract goes on, over deadlines that have passed meanwhile; or it stays canceled. */
export async function rejectCancelation(
  work: UnitOfWork,
  { contractId, note }: { readonly contractId: number; readonly note?: string | undefined },
): Promise<CancelationRow['state']> {
  const { contract, cancelation } = await lockWaiting(work, contractId)
  const state = cancelation.state === 'PENDING' ? 'REJECTED' : 'EFFECTIVE'
  await decideCancelation(work, contract, { cancelation, state, action: 'contractCancelation.rejected', note })
  await settleWaiting(work, contract, { action: 'contract.cancelationRejected', toDate: cancelation.toDate })
  return state
}

/**
 * Staff take a cancelation of the customer or of the studio back, until its last day: the contract goes on as if it
 * had not been canceled. What was booked at once because the contract ended for default stays due. Refuses (400) a
 * cancelation by a switch: the contract that came instead is taken back.
 */
export async function withdrawByStaff(
  work: UnitOfWork,
  { contractId, reason }: { readonly contractId: number; readonly reason: string },
) {
  const { contract, today } = await lockForToday(work, contractId)
  const { cancelation } = contract
  if (!cancelation) throw badRequest('errormessage.contract.cancelationNotFound')
  if (cancelation.kind === 'SWITCH') throw badRequest('errormessage.contract.cancelationNotWithdrawable')
  const wasInEffect = isInEffect(cancelation)
  if (wasInEffect) refuseEnded(contract, today)
  const decision = { cancelation, state: 'WITHDRAWN', action: 'contractCancelation.withdrawn' } as const
  await decideCancelation(work, contract, { ...decision, note: reason })
  const withdrawn = { action: 'contract.cancelationWithdrawn', toDate: cancelation.toDate }
  await (wasInEffect ? revert(work, contract, withdrawn) : settleWaiting(work, contract, withdrawn))
}

async function lockForToday(work: UnitOfWork, contractId: number) {
  const contract = await lockContract(work, contractId)
  return { contract, today: dateIn(work.now, contract.studio.zone) }
}

async function lockWaiting(work: UnitOfWork, contractId: number) {
  const { contract, today } = await lockForToday(work, contractId)
  const { cancelation } = contract
  if (!cancelation) throw badRequest('errormessage.contract.cancelationNotFound')
  if (cancelation.state === 'EFFECTIVE') throw conflict('errormessage.amendment.notPending')
  return { contract, today, cancelation }
}
