import { Type } from 'typebox'
import { MembershipOfferExtended } from '../../membership-offers/api.ts'
import { date, described, id, list, named, text } from '../../platform/api/schema.ts'

const optional = Type.Optional

const Presentation = named(
  'MembershipSwitchConfigPresentationDto',
  Type.Object({
    bannerText: optional(text('What members read above the switch.')),
    imageUrl: optional(text('A picture; the link is valid for 15 minutes.')),
  }),
)

const SourceContract = named(
  'MembershipSwitchConfigSourceContractDto',
  Type.Object({
    id: id('The rate; not the id of a contract.', { examples: [1000000011] }),
    rateName: text('Name of the rate.', { examples: ['Basic'] }),
  }),
)

const fields = {
  id: id('The switch: switch with this id.', { examples: [1000008401] }),
  name: text('Name of the switch.', { examples: ['Upgrade to Premium'] }),
  presentation: described(Presentation, 'What stands above it.'),
  sourceContracts: list(SourceContract, 'The rates of the customer from which it leads away.'),
}

export const MembershipSwitchConfig = named('MembershipSwitchConfig', Type.Object(fields))

export const MembershipSwitchConfigExtended = named(
  'OpenApiV1MembershipSwitchConfigExtended',
  Type.Object({
    ...fields,
    destinationMembershipOffers: list(
      MembershipOfferExtended,
      'The offers to which it leads, in the order of the studio.',
    ),
  }),
)

/** What a member wants to go over to. */
export const MembershipSwitch = named(
  'MembershipSwitch',
  Type.Object({
    configId: id('The switch.', { examples: [1000008401] }),
    membershipOfferTermId: id('The term of an offer to which the switch leads; not the id of the offer.', {
      examples: [1000000602],
    }),
    sourceContractId: id('The contract that ends; its rate is one of `sourceContracts` of the switch.', {
      examples: [1000],
    }),
    startDate: date('First day of the new contract; the other one ends on the day before.'),
    notes: optional(text('Notes for the staff.')),
    thirdPartyId: optional(text('Your own id for the new contract.')),
    selectedSelectableModuleIds: optional(list(id('A selectable module of the offer.'), 'The free modules.')),
    selectedOptionalModuleIds: optional(
      list(id('An optional module of the term.'), 'The modules that cost something.'),
    ),
    initialPaymentRequestToken: optional(text('Token of the payment of what is due on signing.')),
  }),
)
