import { everybody, lockVisibleCustomer } from '../../customers/index.ts'
import { openHouseSpeaker, presentPayments } from '../../membership-offers/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findBuyerFacts } from '../buyer-store.ts'
import { openCounter } from './counter.ts'
import { type DeskPayment, refuseOtherChoice } from './desk-payments.ts'
import { type ContractWish, judgeOrder } from './orders.ts'
import { signContract } from './signing.ts'
import { describeSale, type Sale } from './sold.ts'

export interface StaffOrder {
  readonly customerId: number
  readonly wish: ContractWish
  readonly payment: DeskPayment
  /** What has to be signed was signed on paper. */
  readonly isSignedOnPaper: boolean
  /** Why, for the audit log. */
  readonly reason?: string | undefined
}

/**
 * Staff sign a contract for a customer, in the home studio and by the rules of a further membership; what is due on signing
 * is paid at the desk, or stays open. Refuses (400) a way of paying that the offer does not take.
 */
export async function signByStaff(work: UnitOfWork, order: StaffOrder): Promise<Sale> {
  const { customerId, wish, payment, isSignedOnPaper, reason } = order
  const { texts } = work.installation
  const locked = await lockVisibleCustomer(work.tx, everybody, customerId)
  if (!locked) throw notFound('customer', customerId)
  const { studioId } = locked
  const counter = await openCounter(work, studioId)
  const asked = { wish, buyer: () => findBuyerFacts(counter, customerId), isSignedOnPaper }
  const judged = await judgeOrder(counter, asked, { texts })
  const { quote, referredByCustomerId } = judged
  const { notes = null, thirdPartyId = null, employeeId = null } = wish
  const contractId = await signContract(counter, {
    ...judged,
    customerId,
    isNewCustomer: false,
    homeStudioId: studioId,
    studioId,
    payment,
    details: { origin: 'BACKOFFICE', notes, thirdPartyId, employeeId, referredByCustomerId },
    said: {
      ...(reason === undefined ? {} : { reason: [null, reason] }),
      ...(isSignedOnPaper ? { signedOnPaper: [null, true] } : {}),
    },
  })
  await refuseOtherChoice(work, customerId, quote.offer.paymentChoices)
  const houseSpeaker = await openHouseSpeaker(counter, { texts })
  return describeSale(work, contractId, presentPayments(quote, { houseSpeaker }))
}
