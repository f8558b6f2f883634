import { openHouseSpeaker, presentSwitchPayments } from '../../membership-offers/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { loadContractsForChange } from '../changing/loading.ts'
import { findContractRow } from '../own-contract-store.ts'
import { openCounter } from '../signing/counter.ts'
import type { DeskPayment } from '../signing/desk-payments.ts'
import { describeSale, type Sale } from '../signing/sold.ts'
import { type Replacement, replaceContract } from './switch-membership.ts'
import { judgeSwitch, type SwitchWish } from './switch-order.ts'

export interface StaffSwitch {
  /** The contract that ends. */
  readonly contractId: number
  /** Where the customer switches; left out: the home studio. */
  readonly studioId?: number | undefined
  readonly wish: Omit<SwitchWish, 'sourceContractId' | 'initialPaymentRequestToken'>
  readonly paidBy: DeskPayment['paidBy']
  /** Why, for the audit log. */
  readonly reason?: string | undefined
}

/**
 * Staff let a customer go over to another membership, by the ways and rules of members; what is due on signing is paid at
 * the desk, or stays open. The customer goes on paying as before.
 */
export async function switchByStaff(work: UnitOfWork, { contractId, studioId, ...asked }: StaffSwitch): Promise<Sale> {
  const { wish, paidBy, reason } = asked
  const { texts } = work.installation
  const found = await findContractRow(work.tx, contractId)
  if (!found) throw notFound('contract', contractId)
  const { customerId } = found.contract
  const contracts = await loadContractsForChange(work, { customerId })
  const homeStudioId = contracts[0]?.homeStudioId ?? found.homeStudioId
  const counter = await openCounter(work, studioId ?? homeStudioId)
  const order = await judgeSwitch(counter, { ...wish, sourceContractId: contractId }, { customerId, contracts })
  const replacement: Replacement = {
    homeStudioId,
    studio: counter.caller.studio,
    wish,
    payment: { kind: 'DESK', paidBy },
    origin: 'BACKOFFICE',
    said: reason === undefined ? {} : { reason: [null, reason] },
  }
  const newId = await replaceContract(counter, order, replacement, { texts })
  const houseSpeaker = await openHouseSpeaker(counter, { texts })
  return describeSale(work, newId, presentSwitchPayments(order, { houseSpeaker }))
}
