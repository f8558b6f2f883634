import { findAccountState, postCreditNotes } from '../../accounts/index.ts'
import { lockOwnCustomer } from '../../customers/index.ts'
import { findSwitchDues } from '../../membership-offers/index.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import { loadContractsForChange } from '../changing/loading.ts'
import { moduleUpdated } from '../events.ts'
import { freezeTerms } from '../signing/frozen-terms.ts'
import { checkPayment } from '../signing/payment-terms.ts'
import { finishSigning, settleSigning, type Signing, storeSigned } from '../signing/signing.ts'
import { carryModules, endOldContract } from './end-old-contract.ts'
import { judgeSwitch, type SwitchOrder } from './switch-order.ts'
import { type AskedSwitch, openSelling } from './switch-preview.ts'

/**
 * A customer goes over to another membership: the contract before ends on the eve of the new one. What it had charged beyond
 * that day is given back first, and settles what is due on signing. Refuses as the preview does. Answers the new contract.
 */
export async function switchMembership(
  work: PartnerWork,
  { customerId, studioId, wish }: AskedSwitch,
  deps: ModuleDeps,
): Promise<number> {
  const { studioId: homeStudioId } = await lockOwnCustomer(work, customerId)
  const selling = await openSelling({ db: work.tx, caller: work.caller, now: work.now }, studioId)
  const contracts = await loadContractsForChange(work, { customerId })
  const order = await judgeSwitch(selling, wish, { customerId, contracts })
  const { quote, credits, source } = order
  const dues = findSwitchDues(quote.plan, credits)
  const tokens = await checkPayment(work, {
    due: dues.due,
    customerId,
    choices: quote.offer.paymentChoices,
    tokens: { payment: { token: wish.initialPaymentRequestToken, reference: 'initialPaymentRequestToken' } },
    account: await findAccountState(work, customerId),
  })
  const { notes = null, thirdPartyId = null } = wish
  const signing: Signing = {
    customerId,
    isNewCustomer: false,
    homeStudioId,
    studioId: selling.caller.studio.id,
    quote,
    terms: await freezeTerms(selling, quote, deps),
    drawings: [],
    tokens,
    details: { origin: 'SWITCH', notes, thirdPartyId, switchedFromId: source.row.id },
  }
  return replaceContract(work, { order, signing, isCreditMandatory: dues.isCreditMandatory }, deps)
}

interface Replacement {
  readonly order: SwitchOrder
  readonly signing: Signing
  readonly isCreditMandatory: boolean
}

/** The rows of both contracts come first, so that the customer is a member at every moment between. */
async function replaceContract(
  work: PartnerWork,
  { order, signing, isCreditMandatory }: Replacement,
  deps: ModuleDeps,
): Promise<number> {
  const { customerId, homeStudioId } = signing
  const stored = await storeSigned(work, signing)
  const { contractId } = stored
  await carryModules(work, order, contractId)
  await endOldContract(work, order, deps)
  await finishSigning(work, signing, stored)
  for (const { row } of order.carried) {
    const content = { contractId, moduleContractId: row.id }
    work.emit(moduleUpdated({ entityId: customerId, customerId, audienceStudioIds: [homeStudioId], content }))
  }
  if (isCreditMandatory) await postCreditNotes(work, { contractId: order.source.row.id, customerId })
  await settleSigning(work, contractId, signing)
  return contractId
}
