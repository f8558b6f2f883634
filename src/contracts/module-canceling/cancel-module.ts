import { listCancelationReasons } from '../../membership-offers/index.ts'
import { badRequest, conflict } from '../../platform/errors/errors.ts'
import { isAfter } from '../../platform/time/order.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import type { FoundModule } from '../module-sales/module-contract.ts'
import { listModuleCancelationDates } from '../timeline/module-cancelation-rules.ts'
import { insertCancelation } from '../changing/row-changes.ts'
import { lockOwnModule, type NamedModule } from './own-module.ts'
import { endModule, settleWaiting } from './settle-module.ts'

export interface ModuleCancelationWish extends NamedModule {
  /** The last day of the module contract. */
  readonly toDate: Temporal.PlainDate
  readonly reasonId: number
}

/**
 * A member cancels a module to one of the days that are offered today. It takes effect at once or waits for the staff, as
 * the studio has configured. The same request again changes nothing; another one meets a conflict (409).
 */
export async function cancelModule(work: PartnerWork, { toDate, reasonId, ...named }: ModuleCancelationWish) {
  const found = await lockOwnModule(work, named)
  const reasons = await listCancelationReasons(work.tx, work.caller.studio.id)
  const reason = reasons.find(({ cancelationReasonId }) => cancelationReasonId === reasonId)
  if (!reason) throw badRequest('errormessage.contract.cancelationReasonInvalid', { reference: 'cancelationReasonId' })
  const { today, needsVerification } = found
  const { row, cancelation } = found.module.sub
  refuseEnded(found)
  if (cancelation?.toDate.equals(toDate) && cancelation.reasonId === reasonId) return
  if (cancelation) throw conflict('errormessage.contract.cancelationExists')
  refuseOtherDates(found, { toDate, receiptDate: today })
  const words = { reasonId, reason: reason.cancelationReasonName }
  const state = needsVerification ? ('PENDING' as const) : ('EFFECTIVE' as const)
  const wish = { kind: 'ORDINARY', origin: 'CUSTOMER', receiptDate: today, toDate, state, ...words } as const
  await insertCancelation(work.tx, { subContractId: row.id, ...wish }, work.now)
  if (!needsVerification) return endModule(work, found, { action: 'contract.moduleCanceled', toDate })
  return settleWaiting(work, found, { action: 'contract.moduleCancelationRequested', toDate, isFree: false })
}

/** A module contract whose last day has passed cannot be canceled any more. */
export function refuseEnded({ module: { end }, today }: FoundModule) {
  if (end && isAfter(today, end)) throw badRequest('errormessage.contract.ended')
}

/** Refuses a last day that was not offered on the day of receipt; the refusal names those that were. */
export function refuseOtherDates(
  found: FoundModule,
  { toDate, receiptDate }: { readonly toDate: Temporal.PlainDate; readonly receiptDate: Temporal.PlainDate },
) {
  const dates = listModuleCancelationDates(found.contract, found, receiptDate)
  if (dates.some((date) => date.equals(toDate))) return
  throw badRequest('errormessage.contract.cancelationDateInvalid', {
    args: dates.map((date) => ({ type: 'DATE', value: date.toString() })),
    reference: 'cancelationDate',
  })
}
