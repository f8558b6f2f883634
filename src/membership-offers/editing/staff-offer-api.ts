import { Type } from 'typebox'
import { date, flag, id, int32, list, text } from '../../platform/api/schema.ts'
import { Money } from '../../platform/api/values.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { documentOperations } from './document-operations.ts'
import { ModuleDocument } from './modules/module-schemas.ts'
import { OfferDocument } from './offers/offer-schemas.ts'
import { length } from './part-schemas.ts'

const tag = 'Catalogue'
const write = ['offers.write'] as const
const optional = Type.Optional
const offerParams = Type.Object({ offerId: id('The offer.') })
const offerAnswer = Type.Object({ offerId: id('The offer.') })
const termParams = Type.Object({ termId: id('The term.') })
const name = text('Its name.')
const active = flag('can be signed; else it is kept for what was sold')

export const offers = documentOperations({
  name: 'MembershipOffer',
  path: 'membership-offers',
  command: 'membership-offer',
  key: 'offerId',
  thing: 'a membership offer',
  document: OfferDocument,
  summary: Type.Object({
    id: id('The offer.'),
    name,
    rateId: id('Its rate.'),
    active: flag('Whether it can be signed.'),
    hasImage: flag('Whether it has a picture.'),
    terms: list(
      Type.Object({ id: id('The term.'), term: length('Its length.'), active: flag('Whether it can be signed.') }),
      'Its terms.',
    ),
  }),
})

export const modules = documentOperations({
  name: 'Module',
  path: 'modules',
  command: 'module',
  key: 'moduleId',
  thing: 'a module',
  document: ModuleDocument,
  summary: Type.Object({
    id: id('The module.'),
    name,
    studioId: optional(id('Where it is sold; left out: in all studios.')),
    onlineBookable: flag('Whether members may buy it themselves.'),
    active: flag('Whether it is sold.'),
    hasImage: flag('Whether it has a picture.'),
    offerIds: list(id('An offer.'), 'The offers that it belongs to.'),
  }),
})

export const publishOffer = staffOperation({
  operationId: 'adminPublishMembershipOffer',
  method: 'PUT',
  path: '/admin/v1/membership-offers/{offerId}/publications/{studioId}',
  tag,
  summary: 'sell an offer in a studio, or move it to another position in its list',
  permissions: write,
  params: Type.Object({ offerId: id('The offer.'), studioId: id('The studio.') }),
  body: Type.Object({ position: int32('its position among the offers of the studio', { default: 0 }) }),
  answer: offerAnswer,
  cli: { name: 'membership-offer publish' },
})

export const withdrawOffer = staffOperation({
  operationId: 'adminWithdrawMembershipOffer',
  method: 'DELETE',
  path: '/admin/v1/membership-offers/{offerId}/publications/{studioId}',
  tag,
  summary: 'sell an offer in a studio no more',
  permissions: write,
  params: Type.Object({ offerId: id('The offer.'), studioId: id('The studio.') }),
  answer: offerAnswer,
  cli: { name: 'membership-offer withdraw' },
})

export const setOfferActive = staffOperation({
  operationId: 'adminSetMembershipOfferActive',
  method: 'PATCH',
  path: '/admin/v1/membership-offers/{offerId}',
  tag,
  summary: 'let an offer be signed, or not any more',
  permissions: write,
  params: offerParams,
  body: Type.Object({ active }),
  answer: offerAnswer,
  cli: { name: 'membership-offer set' },
})

export const setTermActive = staffOperation({
  operationId: 'adminSetMembershipOfferTermActive',
  method: 'PATCH',
  path: '/admin/v1/membership-offer-terms/{termId}',
  tag,
  summary: 'let a term be signed, or not any more',
  permissions: write,
  params: termParams,
  body: Type.Object({ active }),
  answer: Type.Object({ termId: id('The term.') }),
  cli: { name: 'membership-offer set-term' },
})

export const planFirstYear = staffOperation({
  operationId: 'adminPlanFirstYear',
  method: 'GET',
  path: '/admin/v1/membership-offer-terms/{termId}/first-year',
  tag,
  summary: 'print what a contract on a term would cost in its first year if it were signed today',
  permissions: ['offers.read'],
  params: termParams,
  body: Type.Object({
    studioId: optional(id('where it is sold; left out: the first studio that sells the offer')),
    birthDate: optional(date('when the member was born')),
    start: optional(date('first day of the contract; left out: as the term proposes')),
    moduleIds: list(id('A module of the offer.'), 'modules of the offer that cost something', { default: [] }),
  }),
  answer: Type.Object({
    studioId: id('Where it is sold.'),
    startDate: date('First day.'),
    endDate: date('Last day of the initial term.'),
    lastPossibleCancelationDate: date('Last day on which notice to that end can be given.'),
    dueOnSigning: Money,
    lines: list(
      Type.Object({
        dueDate: date('When it is due.'),
        description: text('What it is for.'),
        type: text('Its kind.'),
        amount: Money,
        serviceFrom: date('First day that it pays for.'),
        serviceTo: date('Last day that it pays for.'),
        mandatoryOnSigning: flag('Whether it is paid when the contract is signed.'),
      }),
      'The payments whose period begins in the first year.',
    ),
  }),
  cli: {
    name: 'membership-offer schedule',
    options: { studioId: '--studio <id>', birthDate: '--birthday <date>', moduleIds: '--modules <ids>' },
  },
})
