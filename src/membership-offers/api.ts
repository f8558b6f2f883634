import { Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import { list, pathId } from '../platform/api/schema.ts'
import { StudioInformationBase } from '../studios/api.ts'
import { MembershipOffer, MembershipOfferExtended } from './api-schemas.ts'

export { AdditionalModule } from './additional/module-schemas.ts'
export { MembershipOfferExtended } from './api-schemas.ts'
export { PaymentPreview, SignupPreview } from './selling/preview-schemas.ts'
export { MembershipSwitchPreview } from './switching/switch-preview-schema.ts'

const tag = 'Memberships'
const scopes = ['MEMBERSHIP_READ']

export const getMembershipOffers = operation({
  operationId: 'getMembershipOffers',
  method: 'GET',
  path: '/v1/memberships/membership-offers',
  tag,
  summary: 'List what the studio sells as a membership',
  description:
    'Every offer that the studio publishes and that can be signed today, in the order of the studio, each with the ' +
    'terms that can be signed. Never paginated.',
  scopes,
  shed: 'BULK',
  response: list(MembershipOffer, 'The offers; empty when nothing is sold.'),
})

export const getMembershipOfferById = operation({
  operationId: 'getMembershipOfferById',
  method: 'GET',
  path: '/v1/memberships/membership-offers/{membershipOfferId}',
  tag,
  summary: 'Read an offer with all that a buyer decides on',
  description:
    'Terms with fees, price steps, free time, modules, extension and notice; texts to read, confirm or sign; ways of ' +
    'paying. An offer that the list does not show is unknown here.',
  scopes,
  params: Type.Object({ membershipOfferId: pathId('membershipOffer', 'The offer; not the id of one of its terms.') }),
  response: MembershipOfferExtended,
})

export const getStudiosWithActiveMembershipOffers = operation({
  operationId: 'getStudiosWithActiveMembershipOffers',
  method: 'GET',
  path: '/v1/cross-studio/membership-offers/studios',
  tag: 'Cross Studio',
  summary: 'List the connected studios that sell memberships today',
  description:
    'Studios that have activated the integration, are not closed for good, and whose own key would list an offer now; also ' +
    'those that open later. By ascending id.',
  scopes: ['STUDIO_READ'],
  response: list(StudioInformationBase, 'The studios; empty when none sells anything.'),
})
