import { presentMoney } from '../platform/api/values.ts'
import { nonNull } from '../platform/values/defined.ts'
import { readMoney } from '../platform/values/money.ts'
import type { OnlineOffer, OnlineOfferPurchase } from './api.ts'
import type { OnlineOffer as OfferRow } from './offer-store.ts'
import type { Purchase } from './purchase-store.ts'

export interface OfferContext {
  /** Of the studio that sells. */
  readonly currency: string
  readonly link: (fileId: number) => string
}

export function presentOffer(offer: OfferRow, { currency, link }: OfferContext): OnlineOffer {
  const { id: onlineOfferId, name, description, imageKey, price, quantity } = offer
  return {
    onlineOfferId,
    name,
    ...nonNull({
      description,
      imageUrl: imageKey === null ? null : link(imageKey),
      price: price === null ? null : presentStored(price, currency),
    }),
    quantity,
    periodOfUse: { value: offer.periodOfUseValue, unit: offer.periodOfUseUnit },
    type: 'CHECK_IN_BASED',
  }
}

const presentStored = (amount: string, currency: string) => presentMoney(readMoney(amount, currency, 'price'))

export function presentPurchase(purchase: Purchase): OnlineOfferPurchase {
  const { id, onlineOfferId, name, price, currency, quantity, remaining } = purchase
  return {
    onlineOfferPurchaseId: id,
    onlineOfferId,
    name,
    price: presentStored(price, currency),
    purchaseDate: purchase.purchaseDate.toString(),
    validFrom: purchase.validFrom.toString(),
    validTo: purchase.validTo.toString(),
    quantity,
    remainingQuantity: remaining,
  }
}
