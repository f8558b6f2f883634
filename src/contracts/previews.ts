import type { Static } from 'typebox'
import { findOwnCustomer, judgeBirth } from '../customers/index.ts'
import { type Buyer, previewMembership, type SignupPreview, type Wish } from '../membership-offers/index.ts'
import { refuseFields } from '../platform/errors/errors.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { dateIn, parseDate } from '../platform/time/zoned-time.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import type { AddedContract, SignupRequest } from './api-schemas.ts'
import { findBirthDate, hasContractSince } from './buyer-store.ts'

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
  const readBuyer = async (): Promise<Buyer> => {
    const yearAgo = dateIn(view.now, view.caller.studio.zone).subtract({ months: 12 })
    const [birthDate, isMember] = await Promise.all([
      findBirthDate(view.db, customerId),
      hasContractSince(view.db, customerId, yearAgo),
    ])
    return { ...defined({ birthDate }), isMember }
  }
  return preview(view, contract, readBuyer, deps)
}

function preview(view: PartnerView, contract: ContractWish, buyer: () => Promise<Buyer>, deps: ModuleDeps) {
  const { voucherCode } = contract
  return previewMembership(view, readWish(contract), { buyer, ...defined({ voucherCode }) }, deps)
}

function readWish(contract: ContractWish): Wish {
  const { preuseDate, selectedSelectableModuleIds = [], selectedOptionalModuleIds = [] } = contract
  return {
    termId: contract.contractOfferTermId,
    startDate: readDate(contract.startDate),
    ...(preuseDate === undefined ? {} : { preuseDate: readDate(preuseDate) }),
    selectableIds: selectedSelectableModuleIds,
    optionalIds: selectedOptionalModuleIds,
  }
}

/** The declaration of the field lets only real days through. */
function readDate(text: string): Temporal.PlainDate {
  const date = parseDate(text)
  if (!date) throw new Error('A date that was validated is none.')
  return date
}
