import type { Static } from 'typebox'
import { findOwnCustomer, judgeBirth } from '../customers/index.ts'
import { type Buyer, previewMembership, type SignupPreview } from '../membership-offers/index.ts'
import { refuseFields } from '../platform/errors/errors.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import type { AddedContract, SignupRequest } from './api-schemas.ts'
import { findBuyerFacts } from './buyer-store.ts'
import { readDrawings } from './signing/signatures.ts'
import { readDate, readWish } from './wishes.ts'

type ContractWish = Static<typeof AddedContract>

/** What a membership would cost a person who is not known yet. */
export function previewSignup(
  view: PartnerView,
  { contract, customer }: Static<typeof SignupRequest>,
  deps: ModuleDeps,
): Promise<SignupPreview> {
  const readBuyer = (): Promise<Buyer> => {
    const birthDate = readDate(customer.dateOfBirth)
    const today = dateIn(view.now, view.caller.studio.zone)
    const [fault] = judgeBirth({ dateOfBirth: birthDate }, today)
    if (fault) throw refuseFields([{ ...fault, reference: `customer.${fault.reference}` }])
    return Promise.resolve({ ...defined({ birthDate }), isMember: false })
  }
  return preview(view, contract, readBuyer, deps)
}

/** What a further membership would cost a customer of the studio; any other customer is unknown. */
export async function previewAddition(
  view: PartnerView,
  { customerId, contract }: { readonly customerId: number; readonly contract: ContractWish },
  deps: ModuleDeps,
): Promise<SignupPreview> {
  await findOwnCustomer(view, customerId)
  return preview(view, contract, () => findBuyerFacts(view, customerId), deps)
}

async function preview(view: PartnerView, contract: ContractWish, buyer: () => Promise<Buyer>, deps: ModuleDeps) {
  const { voucherCode } = contract
  const answer = await previewMembership(view, readWish(contract), { buyer, ...defined({ voucherCode }) }, deps)
  readDrawings(contract)
  return answer
}
