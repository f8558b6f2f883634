import { declareEvent } from '../platform/units/events.ts'

export const onlineOfferPurchased = declareEvent('ONLINE_OFFER_PURCHASED', {
  when: 'A customer got a pass of an online offer, bought or for free.',
  entity: 'the customer',
  content: {
    onlineOfferPurchaseId: { meaning: 'the pass', example: 1_000_000_930 },
    onlineOfferId: { meaning: 'the offer', example: 1_000_000_012 },
  },
})
