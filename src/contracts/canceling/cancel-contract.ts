import { listCancelationReasons } from '../../membership-offers/index.ts'
import { badRequest, conflict } from '../../platform/errors/errors.ts'
import { isAfter } from '../../platform/time/order.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { listCancelationDates } from '../timeline/cancelation-rules.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'
import { insertCancelation } from '../changing/row-changes.ts'
import { lockOwnCancelation, type NamedContract } from './own-cancelation.ts'
import { settleWaiting, takeEffect } from './settle-cancelation.ts'

export interface CancelationWish extends NamedContract {
  /** The last day of the contract. */
  readonly toDate: Temporal.PlainDate
  readonly reasonId: number
}

/**
 * A member cancels a contract to one of the days that are offered on the day of the request. It takes effect at once or
 * waits for the staff, as the studio has configured. The same request again changes nothing; another one meets a conflict
 * (409).
 */
export async function cancelContract(work: PartnerWork, { toDate, reasonId, ...named }: CancelationWish) {
  const { contract, today, needsVerification } = await lockOwnCancelation(work, named)
  const reasons = await listCancelationReasons(work.tx, work.caller.studio.id)
  const reason = reasons.find(({ cancelationReasonId }) => cancelationReasonId === reasonId)
  if (!reason) throw badRequest('errormessage.contract.cancelationReasonInvalid', { reference: 'cancelationReasonId' })
  refuseEnded(contract, today)
  if (isSame(contract.cancelation, { toDate, reasonId })) return
  if (contract.cancelation) throw conflict('errormessage.contract.cancelationExists')
  refuseOtherDates(contract, { toDate, receiptDate: today })
  const state = needsVerification ? 'PENDING' : 'EFFECTIVE'
  const { id: contractId } = contract.row
  const origin = { kind: 'ORDINARY', origin: 'CUSTOMER', reasonId, reason: reason.cancelationReasonName } as const
  await insertCancelation(work.tx, { contractId, ...origin, receiptDate: today, toDate, state }, work.now)
  if (needsVerification) {
    await settleWaiting(work, contract, { action: 'contract.cancelationRequested', toDate })
  } else {
    await takeEffect(work, contract, { action: 'contract.canceled', toDate })
  }
}

/** A contract whose last day has passed cannot be canceled any more. */
export function refuseEnded(contract: SignedContract, today: Temporal.PlainDate) {
  const { finalEnd } = readTimeline(contract, today)
  if (finalEnd && isAfter(today, finalEnd)) throw badRequest('errormessage.contract.ended')
}

/** Refuses a last day that was not offered on the day of receipt; the refusal names those that were. */
export function refuseOtherDates(
  contract: SignedContract,
  { toDate, receiptDate }: { readonly toDate: Temporal.PlainDate; readonly receiptDate: Temporal.PlainDate },
) {
  const dates = listCancelationDates(contract, receiptDate)
  if (dates.some((date) => date.equals(toDate))) return
  throw badRequest('errormessage.contract.cancelationDateInvalid', {
    args: dates.map((date) => ({ type: 'DATE', value: date.toString() })),
    reference: 'cancelationDate',
  })
}

function isSame(
  live: SignedContract['cancelation'],
  { toDate, reasonId }: Pick<CancelationWish, 'toDate' | 'reasonId'>,
): boolean {
  return live !== undefined && live.toDate.equals(toDate) && live.reasonId === reasonId
}
