import { onlineOfferPurchases, onlineOffers } from '../../online-offers/tables.ts'
import { berlin } from '../house/chain.ts'
import { type Planting, plant } from '../planting.ts'

type Offer = typeof onlineOffers.$inferInsert

const offer = { day: 401, threeDays: 402, ten: 403, guest: 404 } as const

const offers: readonly Omit<Offer, 'studioId' | 'position' | 'createdAt' | 'updatedAt'>[] = [
  { id: offer.day, name: '1 day pass', price: '15', periodOfUseValue: 1, periodOfUseUnit: 'DAY' },
  { id: offer.threeDays, name: '3 day pass', price: '35', quantity: 3, periodOfUseValue: 3, periodOfUseUnit: 'DAY' },
  {
    id: offer.ten,
    name: '10-visit card',
    price: '120',
    quantity: 10,
    allowOnAccount: true,
    periodOfUseValue: 1,
    periodOfUseUnit: 'YEAR',
  },
  {
    id: offer.guest,
    name: 'Guest pass',
    price: '0',
    requiredRateCode: 'Tier: Premium',
    perCustomerLimit: 1,
    periodOfUseValue: 1,
    periodOfUseUnit: 'DAY',
  },
]

/** The prospect has a card with seven visits left, another one a guest pass that is used up. */
export async function plantPasses(planting: Planting) {
  const { work, today } = planting
  await plant(
    planting,
    onlineOffers,
    offers.map((each, position) => ({ ...each, studioId: berlin, position })),
  )
  const bought = {
    studioId: berlin,
    purchasedAt: work.now.subtract({ hours: 24 * 30 }),
    purchaseDate: today.subtract({ days: 30 }),
  }
  await plant(planting, onlineOfferPurchases, [
    {
      id: 411,
      onlineOfferId: offer.ten,
      customerId: 1002,
      name: '10-visit card',
      price: '120',
      ...bought,
      validFrom: today.subtract({ days: 30 }),
      validTo: today.add({ days: 335 }),
      quantity: 10,
      remaining: 7,
    },
    {
      id: 412,
      onlineOfferId: offer.guest,
      customerId: 209,
      name: 'Guest pass',
      price: '0',
      ...bought,
      validFrom: today.subtract({ days: 30 }),
      validTo: today.subtract({ days: 30 }),
      quantity: 1,
      remaining: 0,
    },
  ])
}
