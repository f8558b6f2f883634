import { Type } from 'typebox'
import { choice, date, described, flag, id, int32, list, text } from '../platform/api/schema.ts'
import { Term, TermWithMinutes } from '../platform/api/values.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'
import { passStates } from './pass-search-store.ts'

const optional = Type.Optional
const tag = 'Online offers'
const sell = ['offers.write'] as const
const correct = ['contracts.change'] as const

/** What may be taken out of an offer again. */
export const clearable = [
  'DESCRIPTION',
  'PRICE',
  'REDEEM_WITHIN',
  'SALE_FROM',
  'SALE_TO',
  'LIMIT',
  'RATE_CODE',
] as const

const period = described(TermWithMinutes, 'how long a pass counts; minutes and hours from the first visit on')
const name = text('as customers read it')
const offerFields = {
  description: optional(text('what customers read')),
  price: optional(text('in the currency of the studio, for instance 12.50; left out: free')),
  quantity: optional(int32('how many visits a pass has; left out: one')),
  redeemWithin: optional(described(Term, 'for minutes and hours: until when the first visit must be; left out: a day')),
  saleFrom: optional(date('first day of sale')),
  saleTo: optional(date('last day of sale')),
  perCustomerLimit: optional(int32('unexpired passes of one customer')),
  requiredRateCode: optional(text('only for customers with a running contract of this rate code, by its identifier')),
  allowOnAccount: optional(flag('may be bought without paying at once')),
  position: optional(int32('position in the list; left out: the last')),
  active: optional(flag('is sold; else it is not any more')),
}
const offerOptions = {
  quantity: '--visits <n>',
  period: '--period <term>',
  redeemWithin: '--redeem-within <term>',
  perCustomerLimit: '--limit <n>',
  requiredRateCode: '--rate-code <code>',
  allowOnAccount: '--[no-]on-account',
}
const offerParams = Type.Object({ offerId: id('The offer.') })
const offerAnswer = Type.Object({ onlineOfferId: id('The offer.') })

export const createOnlineOffer = staffOperation({
  operationId: 'adminCreateOnlineOffer',
  method: 'POST',
  path: '/admin/v1/online-offers',
  tag,
  summary: 'add an offer of a studio',
  permissions: sell,
  body: Type.Object({ studioId: id('the studio in which the passes count'), name, period, ...offerFields }),
  answer: offerAnswer,
  cli: { name: 'online-offer create', options: { studioId: '--studio <id>', ...offerOptions } },
})

export const updateOnlineOffer = staffOperation({
  operationId: 'adminUpdateOnlineOffer',
  method: 'PATCH',
  path: '/admin/v1/online-offers/{offerId}',
  tag,
  summary: 'change an offer; passes stay as they were bought',
  permissions: sell,
  params: offerParams,
  body: Type.Object({
    name: optional(name),
    period: optional(period),
    ...offerFields,
    clear: optional(list(choice(clearable, 'A field.'), `fields that are emptied: ${clearable.join(', ')}`)),
  }),
  answer: offerAnswer,
  cli: { name: 'online-offer update', options: { ...offerOptions, clear: '--clear <fields>' } },
})

export const orderOnlineOffers = staffOperation({
  operationId: 'adminOrderOnlineOffers',
  method: 'PUT',
  path: '/admin/v1/studios/{studioId}/online-offers/order',
  tag,
  summary: 'put the offers of a studio in an order; those that are not named follow as they were',
  permissions: sell,
  params: Type.Object({ studioId: id('The studio.') }),
  body: Type.Object({ offerIds: list(id('An offer.'), 'the offers, first to last', { minItems: 1 }) }),
  answer: Type.Object({ offerIds: list(id('An offer.'), 'All offers in their order.') }),
  cli: { name: 'online-offer order', options: { offerIds: '--offers <ids>' } },
})

export const listOnlineOffers = staffOperation({
  operationId: 'adminListOnlineOffers',
  method: 'GET',
  path: '/admin/v1/online-offers',
  tag,
  summary: 'list the offers of a studio in their order, also those that are not on sale',
  permissions: ['offers.read'],
  body: Type.Object({ studioId: id('the studio'), active: optional(flag('only those that are sold')) }),
  answer: Type.Array(
    Type.Object({
      id: id('The offer.'),
      name,
      price: optional(text('In the currency of the studio; left out: free.')),
      quantity: int32('Visits of a pass.'),
      period,
      position: int32('Its position.'),
      saleFrom: optional(date('First day of sale.')),
      saleTo: optional(date('Last day of sale.')),
      perCustomerLimit: optional(int32('Unexpired passes of one customer.')),
      requiredRateCode: optional(text('Which code a running contract must have.')),
      allowOnAccount: flag('May be bought without paying at once.'),
      active: flag('Is sold.'),
    }),
  ),
  cli: { name: 'online-offer list', options: { studioId: '--studio <id>' } },
})

const customerId = id('the customer')
const passParams = Type.Object({ passId: id('The pass.') })
const validFrom = date('First day on which it counts.')
const validTo = date('Last day on which it counts.')

export const grantPass = staffOperation({
  operationId: 'adminGrantPass',
  method: 'POST',
  path: '/admin/v1/online-offer-purchases',
  tag,
  summary: 'give a customer the visits of an offer for nothing',
  permissions: correct,
  body: Type.Object({
    customerId,
    offerId: id('the offer'),
    from: optional(date('first day; left out: today')),
    period: optional(described(TermWithMinutes, 'instead of the one of the offer, for instance 7d')),
  }),
  answer: Type.Object({
    passId: id('The pass.'),
    studioId: id('Where it counts.'),
    quantity: int32('Visits.'),
    validFrom,
    validTo,
  }),
  cli: { name: 'pass grant', arguments: ['customerId', 'offerId'], options: { period: '--period <term>' } },
})

export const setRemaining = staffOperation({
  operationId: 'adminSetRemainingVisits',
  method: 'POST',
  path: '/admin/v1/online-offer-purchases/{passId}/adjust-remaining',
  tag,
  summary: 'correct how many visits are left',
  permissions: correct,
  params: passParams,
  body: Type.Object({ visits: int32('how many') }),
  answer: Type.Object({ passId: id('The pass.'), remaining: int32('Visits left.') }),
  cli: { name: 'pass set-remaining', arguments: ['passId', 'visits'] },
})

export const listPasses = staffOperation({
  operationId: 'adminListPasses',
  method: 'GET',
  path: '/admin/v1/online-offer-purchases',
  tag,
  summary: 'list passes, newest first; used-up and expired ones too',
  permissions: ['contracts.read'],
  body: Type.Object({
    customerId: optional(id('only those of this customer')),
    offerId: optional(id('only those of this offer')),
    studioId: optional(id('only those of this studio')),
    state: optional(choice(passStates, 'only those in this state')),
    beforeId: optional(id('only older ones than this pass')),
    limit: int32('how many at most', { default: 100, minimum: 1, maximum: 1000 }),
  }),
  answer: Type.Array(
    Type.Object({
      id: id('The pass.'),
      customerId,
      onlineOfferId: id('What was bought.'),
      studioId: id('Where it counts.'),
      name: text('The name of the offer when it was bought.'),
      price: text('What it cost, in the currency beside it.'),
      currency: text('Of the price.'),
      purchaseDate: date('When it was bought.'),
      validFrom,
      validTo,
      quantity: int32('Visits in all.'),
      remaining: int32('Visits left.'),
      state: choice(passStates, 'Whether it counts.'),
    }),
  ),
  cli: {
    name: 'pass list',
    options: {
      customerId: '--customer <id>',
      offerId: '--offer <id>',
      studioId: '--studio <id>',
      beforeId: '--before <id>',
    },
  },
})
