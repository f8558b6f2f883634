import type { MakeCall } from './calls.ts'

/** Calls about the day pass of a full studio, which is free. */
export const onlineOfferCalls: Readonly<Record<string, MakeCall>> = {
  getPurchasableOnlineOffers: () => ({}),
  getPurchasableOnlineOffer: ({ onlineOfferId }) => ({ params: { offerId: onlineOfferId } }),
  postOnlineOfferPurchase: ({ onlineOfferId, customerId }) => ({ body: { onlineOfferId, customerId } }),
  getPurchasedOnlineOffers: ({ customerId }) => ({ params: { customerId } }),
}
