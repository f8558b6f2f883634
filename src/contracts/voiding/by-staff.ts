import { postCreditNotes } from '../../accounts/index.ts'
import { badRequest, conflict, notFound } from '../../platform/errors/errors.ts'
import type { StaffWork } from '../../platform/staff/staff-operations.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { finishChange } from '../changing/finish-change.ts'
import { loadContractForChange, loadContractsForChange } from '../changing/loading.ts'
import { updateCancelationState } from '../changing/row-changes.ts'
import { contractUpdated, moduleDeleted } from '../events.ts'
import { findMainContract } from '../module-canceling/module-cancelation-store.ts'
import { findModule } from '../module-sales/module-contract.ts'
import { refuseCollected, voidContract } from './void-contract.ts'
import { findContractOwner, findWithdrawalTerms, markModuleVoid } from './void-store.ts'
import { isWithdrawalOver } from './withdrawal-rules.ts'

export interface StaffVoiding {
  readonly contractId: number
  readonly reason: string
  /** Left out: as the studio has set. */
  readonly chargeUsedDays?: boolean | undefined
}

/**
 * Staff take the signing of a contract back, within the days that the studio grants, or later where they break that rule.
 * Answers what the member gets back of what was booked, and the credit of the voucher that is taken back, as decimal text in
 * the currency of the contract.
 */
export async function voidByStaff(
  work: StaffWork<'WITHDRAWAL_PERIOD'>,
  { contractId, reason, chargeUsedDays }: StaffVoiding,
) {
  const customerId = await findContractOwner(work.tx, contractId)
  if (customerId === undefined) throw notFound('contract', contractId)
  const all = await loadContractsForChange(work, { customerId })
  const contract = all.find(({ row }) => row.id === contractId)
  if (!contract) throw notFound('contract', contractId)
  const { row, studio } = contract
  if (row.voidedAt !== null) throw conflict('errormessage.contract.reversed')
  const terms = await findWithdrawalTerms(work.tx, row.studioId)
  const isLate = isWithdrawalOver(row, terms, dateIn(work.now, studio.zone))
  if (isLate && !work.broken.includes('WITHDRAWAL_PERIOD')) {
    throw badRequest('errormessage.contract.withdrawalPeriodOver')
  }
  const chargesUsedDays = chargeUsedDays ?? terms.chargesUsedDays
  const { credited, takenBack } = await voidContract(work, { contract, all }, { reason, chargesUsedDays })
  const amount = (minor: bigint) => formatAmount({ minor, currency: studio.currency })
  return {
    customerId,
    credited: amount(credited),
    ...(takenBack > 0n ? { voucherCreditTakenBack: amount(takenBack) } : {}),
  }
}

/** Staff take the sale of a module back: its contract goes on without it, and what it has charged is given back. */
export async function voidModuleByStaff(
  work: UnitOfWork,
  { moduleContractId, reason }: { readonly moduleContractId: number; readonly reason: string },
) {
  const main = await findMainContract(work.tx, moduleContractId)
  if (!main) throw notFound('moduleContract', moduleContractId)
  const contract = await loadContractForChange(work, main)
  const { module } = findModule(contract, moduleContractId, dateIn(work.now, contract.studio.zone))
  const { contractId, customerId } = main
  await refuseCollected(work, contractId)
  const { cancelation, row } = module.sub
  if (cancelation?.state === 'PENDING') await updateCancelationState(work.tx, cancelation.id, 'REJECTED', work.now)
  await markModuleVoid(work.tx, moduleContractId, work.now)
  const about = { entityId: customerId, customerId, audienceStudioIds: [contract.homeStudioId] }
  await finishChange(work, {
    contractId,
    action: 'contract.moduleReversed',
    effectiveFrom: row.startDate,
    diff: { moduleContractId: [moduleContractId, null], reversalReason: [null, reason] },
    event: contractUpdated,
    moreEvents: [moduleDeleted({ ...about, content: { contractId, moduleContractId } })],
  })
  await postCreditNotes(work, { contractId, customerId })
  return { contractId }
}
