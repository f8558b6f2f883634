import { findAccountState } from '../../accounts/index.ts'
import { lockOwnCustomer } from '../../customers/index.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import { findBuyerFacts } from '../buyer-store.ts'
import { type ContractWish, judgeOrder } from './orders.ts'
import { checkPayment, findDueOnSigning } from './payment-terms.ts'
import { signContract } from './signing.ts'

/**
 * A customer of the studio signs a further membership; answers the contract. The account's credit may pay a part of what is
 * due on signing. Refuses as the preview does; any other customer is unknown (404).
 */
export async function addMembership(
  work: PartnerWork,
  {
    customerId,
    wish,
  }: { readonly customerId: number; readonly wish: ContractWish & { readonly paymentRequestToken?: string } },
  deps: ModuleDeps,
): Promise<number> {
  const { studioId: homeStudioId } = await lockOwnCustomer(work, customerId)
  const order = await judgeOrder(work, { wish, buyer: () => findBuyerFacts(work, customerId) }, deps)
  const { offer, plan } = order.quote
  const payment = await checkPayment(work, {
    due: findDueOnSigning(plan),
    customerId,
    choices: offer.paymentChoices,
    tokens: {
      instrument: { token: wish.paymentRequestToken, reference: 'paymentRequestToken' },
      payment: { token: wish.initialPaymentRequestToken, reference: 'initialPaymentRequestToken' },
    },
    account: await findAccountState(work, customerId),
  })
  const { notes = null, thirdPartyId = null, employeeId = null } = wish
  const { referredByCustomerId } = order
  return signContract(work, {
    ...order,
    customerId,
    isNewCustomer: false,
    homeStudioId,
    studioId: work.caller.studio.id,
    payment,
    details: { origin: 'ADD', notes, thirdPartyId, employeeId, referredByCustomerId },
  })
}
