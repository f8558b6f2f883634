import { lockVisibleCustomer, reachableSight } from '../customers/index.ts'
import { badRequest, notFound } from '../platform/errors/errors.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { PartnerWork } from '../platform/units/work.ts'
import { readMoney } from '../platform/values/money.ts'
import { hasRateCode } from './eligibility-store.ts'
import { findOffer, type OnlineOffer } from './offer-store.ts'
import { planOfferValidity, storePass } from './passes.ts'
import { countUnexpired } from './purchase-store.ts'
import { planPayment } from './purchase-payment.ts'
import { isOnSale, judgePurchase, lastStart, type PurchaseRefusal } from './purchase-rules.ts'

export interface PurchaseWish {
  readonly onlineOfferId: number
  readonly customerId: number
  /** Left out: today in the studio that sells. */
  readonly validFrom?: Temporal.PlainDate | undefined
  readonly paymentRequestToken?: string | undefined
}

/** Sells a pass of the caller's studio to a customer whom the caller sees in any studio. Answers the id of the pass. */
export async function buyPass(work: PartnerWork, wish: PurchaseWish): Promise<number> {
  const { tx, now, caller } = work
  const { onlineOfferId, customerId } = wish
  const today = dateIn(now, caller.studio.zone)
  const customer = await lockVisibleCustomer(tx, reachableSight(work), customerId)
  const offer = await findOffer(tx, onlineOfferId)
  if (offer?.studioId !== caller.studio.id || !isOnSale(offer, today)) {
    throw badRequest('errormessage.onlineOffer.notPurchasable', { reference: 'onlineOfferId' })
  }
  if (!customer) throw notFound('customer', customerId)
  const validFrom = wish.validFrom ?? today
  const { requiredRateCode: code } = offer
  const refusal = judgePurchase({
    offer,
    today,
    validFrom,
    hasRateCode: code === null || (await hasRateCode(tx, { customerId, code, today })),
    unexpired: await countUnexpired(tx, { customerId, onlineOfferId, today, now }),
  })
  if (refusal) throw refuse(refusal, offer, today)
  const price = readMoney(offer.price ?? '0', caller.studio.currency, 'price')
  const settle = await planPayment(work, { offer, customerId, price, token: wish.paymentRequestToken?.trim() ?? '' })
  const validity = planOfferValidity(offer, validFrom)
  const wanted = { offer, customerId, price: offer.price ?? '0', today, validity } as const
  const passId = await storePass(work, { action: 'bought', ...wanted })
  await settle(passId)
  return passId
}

function refuse(reason: PurchaseRefusal, { perCustomerLimit }: OnlineOffer, today: Temporal.PlainDate) {
  switch (reason) {
    case 'validFromInvalid':
      return badRequest('errormessage.onlineOffer.validFromInvalid', {
        args: [today, lastStart(today)].map((day) => ({ type: 'DATE', value: day.toString() })),
        reference: 'validFrom',
      })
    case 'notEligible':
      return badRequest('errormessage.onlineOffer.notEligible', { reference: 'customerId' })
    case 'limitReached':
      return badRequest('errormessage.onlineOffer.limitReached', {
        args: [{ type: 'INTEGER', value: perCustomerLimit ?? 0 }],
        reference: 'customerId',
      })
  }
}
