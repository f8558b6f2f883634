import { type Static, Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import {
  choice,
  date,
  described,
  id,
  int32,
  list,
  named,
  pathId,
  slicedResult,
  sliceQuery,
  text,
} from '../platform/api/schema.ts'
import { Money, TermWithMinutes } from '../platform/api/values.ts'
import { paymentSilences } from '../payments/index.ts'

const optional = Type.Optional
const tag = 'Online offers'
const offerExample = { examples: [401] }

export const OnlineOffer = named(
  'OnlineOffer',
  Type.Object({
    onlineOfferId: id('The offer.', offerExample),
    name: text('Its name.', { examples: ['1 day pass'] }),
    description: optional(text('What customers read of it.')),
    imageUrl: optional(text('A link to its picture that works for 15 minutes.')),
    price: optional(described(Money, 'What a purchase costs; 0 or left out when it is free.')),
    quantity: int32('How many visits a purchase has.', { examples: [1] }),
    periodOfUse: described(
      TermWithMinutes,
      'How long a purchase counts: minutes and hours from its first visit on, anything longer on the calendar.',
    ),
    type: choice(['CHECK_IN_BASED'], 'What a purchase is used for: visits of the studio.'),
  }),
)
export type OnlineOffer = Static<typeof OnlineOffer>

export const OnlineOfferPurchase = named(
  'OnlineOfferPurchase',
  Type.Object({
    onlineOfferPurchaseId: id('The purchase.', { examples: [411] }),
    onlineOfferId: id('What was bought.', offerExample),
    name: text('The name of the offer when it was bought.', { examples: ['1 day pass'] }),
    price: described(Money, 'What was paid; 0 for a gift.'),
    purchaseDate: date('The day of the purchase, by the calendar of the studio that sold it.'),
    validFrom: date('First day on which it counts.'),
    validTo: date('Last day on which it counts.', '2026-06-17'),
    quantity: int32('How many visits it has in all.', { examples: [10] }),
    remainingQuantity: int32('How many visits are left.', { examples: [7] }),
  }),
)
export type OnlineOfferPurchase = Static<typeof OnlineOfferPurchase>

const OnlineOfferPurchaseRequest = named(
  'OnlineOfferPurchaseRequest',
  Type.Object({
    onlineOfferId: id('What is bought: an offer that the studio sells today.', offerExample),
    customerId: id('Who gets the visits.', { examples: [1002] }),
    validFrom: optional(date('First day on which it counts, within a year from today; left out: today.')),
    paymentRequestToken: optional(
      text('What the payment gateway has given out for exactly the price. Ignored where nothing is to be paid.'),
    ),
  }),
)
export type OnlineOfferPurchaseRequest = Static<typeof OnlineOfferPurchaseRequest>

const read = { method: 'GET', tag, scopes: ['ONLINE_OFFER_READ'], inferred: true } as const

export const getPurchasableOnlineOffers = operation({
  ...read,
  operationId: 'getPurchasableOnlineOffers',
  path: '/v1/online-offers/purchasable',
  summary: 'List the passes that the studio sells today',
  description: 'Day passes, guest passes and cards of several visits, in the order of the studio.',
  shed: 'BULK',
  query: sliceQuery(50, 10, 100),
  response: slicedResult('OnlineOfferSlicedResult', OnlineOffer),
})

export const getPurchasableOnlineOffer = operation({
  ...read,
  operationId: 'getPurchasableOnlineOffer',
  path: '/v1/online-offers/purchasable/{offerId}',
  summary: 'Read one pass that the studio sells today',
  description: 'An offer that the list does not show is unknown here.',
  params: Type.Object({ offerId: pathId('onlineOffer', 'The offer.') }),
  response: OnlineOffer,
})

export const postOnlineOfferPurchase = operation({
  operationId: 'postOnlineOfferPurchase',
  emits: ['ONLINE_OFFER_PURCHASED', 'DEBT_CLAIM_POSTED', 'PAYMENT_BOOKED'],
  method: 'POST',
  path: '/v1/online-offers/purchase',
  tag,
  summary: 'Buy a pass for a customer',
  description:
    'The studio of the key sells; the customer may be of any studio in which the integration is active. What costs ' +
    'something takes a token of the payment gateway for exactly the price. Where the offer allows it, a purchase ' +
    'without token is charged to the account of the customer and falls due today.',
  scopes: ['ONLINE_OFFER_WRITE'],
  inferred: true,
  body: OnlineOfferPurchaseRequest,
  response: OnlineOfferPurchase,
  errors: {
    400: [
      'errormessage.account.taxRateMissing',
      'errormessage.onlineOffer.limitReached',
      'errormessage.onlineOffer.notEligible',
      'errormessage.onlineOffer.notPurchasable',
      'errormessage.onlineOffer.validFromInvalid',
      'errormessage.payment.declined',
      'errormessage.paymentToken.amountMismatch',
      'errormessage.paymentToken.customerMismatch',
      'errormessage.paymentToken.invalid',
      'errormessage.validation.currencyMismatch',
    ],
    404: ['errormessage.customer.notFound'],
    503: paymentSilences,
  },
})

export const getPurchasedOnlineOffers = operation({
  ...read,
  operationId: 'getPurchasedOnlineOffers',
  path: '/v1/online-offers/{customerId}/purchased',
  summary: 'List the passes of a customer',
  description:
    'What the customer has bought or been given in any studio, newest first; expired and used-up passes too. The ' +
    'customer may be of any studio in which the integration is active.',
  params: Type.Object({ customerId: pathId('customer', 'The customer.') }),
  response: list(OnlineOfferPurchase, 'The passes; empty when there are none.'),
})
