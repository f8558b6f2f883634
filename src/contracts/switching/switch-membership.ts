import { findAccountState, postCreditNotes } from '../../accounts/index.ts'
import { lockOwnCustomer } from '../../customers/index.ts'
import { findSwitchDues } from '../../membership-offers/index.ts'
import type { CallerStudio } from '../../platform/units/caller.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import type { PartnerWork, StudioWork } from '../../platform/units/work.ts'
import { loadContractsForChange } from '../changing/loading.ts'
import { moduleUpdated } from '../events.ts'
import { freezeTerms } from '../signing/frozen-terms.ts'
import { checkPayment } from '../signing/payment-terms.ts'
import { finishSigning, type Signing, storeSigned } from '../signing/signing.ts'
import { type SigningPayment, settleSigning } from '../signing/settling.ts'
import { carryModules, endOldContract } from './end-old-contract.ts'
import { judgeSwitch, type SwitchOrder, type SwitchWish } from './switch-order.ts'
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
  const { quote, credits } = order
  const payment = await checkPayment(work, {
    due: findSwitchDues(quote.plan, credits).due,
    customerId,
    choices: quote.offer.paymentChoices,
    tokens: { payment: { token: wish.initialPaymentRequestToken, reference: 'initialPaymentRequestToken' } },
    account: await findAccountState(work, customerId),
  })
  const { studio } = selling.caller
  return replaceContract(work, order, { homeStudioId, studio, wish, payment, origin: 'SWITCH' }, deps)
}

/** What a switch that was judged takes besides. */
export interface Replacement extends Pick<Signing, 'homeStudioId' | 'said'> {
  /** The studio that sells. */
  readonly studio: CallerStudio
  readonly wish: Pick<SwitchWish, 'notes' | 'thirdPartyId'>
  readonly payment: SigningPayment
  readonly origin: 'SWITCH' | 'BACKOFFICE'
}

/**
 * Signs the new contract and ends the one before; answers the new one. The rows of both contracts come first, so that the
 * customer is a member at every moment between.
 */
export async function replaceContract(
  work: StudioWork,
  order: SwitchOrder,
  { studio, wish, origin, ...agreed }: Replacement,
  deps: Pick<ModuleDeps, 'texts'>,
): Promise<number> {
  const { source, quote, credits } = order
  const { customerId } = source.row
  const { homeStudioId } = agreed
  const { notes = null, thirdPartyId = null } = wish
  const terms = await freezeTerms({ db: work.tx, caller: { ...work.caller, studio } }, quote, deps)
  const details = { origin, notes, thirdPartyId, switchedFromId: source.row.id }
  const studioId = studio.id
  const signing = { ...agreed, customerId, isNewCustomer: false, studioId, quote, terms, drawings: [], details }
  const stored = await storeSigned(work, signing)
  const { contractId } = stored
  await carryModules(work, order, contractId)
  await endOldContract(work, order, deps)
  await finishSigning(work, signing, stored)
  for (const { row } of order.carried) {
    const content = { contractId, moduleContractId: row.id }
    work.emit(moduleUpdated({ entityId: customerId, customerId, audienceStudioIds: [homeStudioId], content }))
  }
  const { isCreditMandatory } = findSwitchDues(quote.plan, credits)
  if (isCreditMandatory) await postCreditNotes(work, { contractId: source.row.id, customerId })
  await settleSigning(work, contractId, signing)
  return contractId
}
