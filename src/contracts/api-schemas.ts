import { Type } from 'typebox'
import { MembershipSignupCustomer } from '../customers/api.ts'
import { date, described, id, list, named, text, typed } from '../platform/api/schema.ts'
import { Signature } from '../platform/api/values.ts'

const optional = Type.Optional
const drawing = text('The drawing as SVG in base64, with or without `data:image/svg+xml;base64,` before it.')

const contractFields = {
  contractOfferTermId: id('The term of an offer; not the id of the offer.', { examples: [1000000602] }),
  startDate: date('First day of the contract.'),
  preuseDate: optional(date('First day of use, where the offer allows use before the start.')),
  notes: optional(text('Notes for the staff.')),
  thirdPartyId: optional(text('Your own id for this contract.')),
  employeeId: optional(id('The employee who sold it.')),
  referralCode: optional(typed('Code of the member who recommended it.')),
  selectedSelectableModuleIds: optional(list(id('A selectable module of the offer.'), 'The free modules.')),
  selectedOptionalModuleIds: optional(list(id('An optional module of the term.'), 'The modules that cost something.')),
  initialPaymentRequestToken: optional(text('Token of the payment of what is due on signing.')),
  contractSignature: optional(described(Signature, 'The signature below the contract.')),
  textBlockSignatures: optional(
    list(
      named('TextBlockSignature', Type.Object({ base64SvgSignature: drawing, textBlockId: id('What is signed.') })),
      'Signatures of single text blocks.',
    ),
  ),
  voucherCode: optional(typed('A code that makes the membership cheaper.', 'WELCOME50')),
}

/** What a buyer wants to sign. */
export const SignupContract = named('MembershipSignupContract', Type.Object(contractFields))
export const AddedContract = Type.Object(contractFields)
/** A further contract may bring a new way of paying along. */
export const AddedMembership = Type.Object({
  ...contractFields,
  paymentRequestToken: optional(text('Token of a payment session that collected the way to pay from now on.')),
})

export const SignupResult = named(
  'MembershipSignupResult',
  Type.Object({ customerId: id('The new customer.', { examples: [1001] }) }),
)

export const SignupRequest = named(
  'MembershipSignupRequest',
  Type.Object({
    contract: described(SignupContract, 'What is signed.'),
    customer: described(MembershipSignupCustomer, 'Who signs it.'),
  }),
)
