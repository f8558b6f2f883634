import { chargeCustomer } from '../accounts/index.ts'
import { lockVisibleCustomer, reachableSight } from '../customers/index.ts'
import { badRequest, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { PartnerWork } from '../platform/units/work.ts'
import { type Money, readMoney } from '../platform/values/money.ts'
import { hasRateCode } from './eligibility-store.ts'
import { findOffer, type OnlineOffer } from './offer-store.ts'
import { planOfferValidity, storePass } from './passes.ts'
import { countUnexpired } from './purchase-store.ts'
import { isOnSale, judgePurchase, lastStart, planSettlement, type PurchaseRefusal } from './purchase-rules.ts'

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
  const settle = planPurchasePayment(work, { offer, price, wish })
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

interface PurchasePrice {
  readonly offer: OnlineOffer
  readonly price: Money
  readonly wish: PurchaseWish
}

/** How the pass is paid for once it is stored; refuses (400) before anything is written. */
function planPurchasePayment(
  work: PartnerWork,
  { offer, price, wish }: PurchasePrice,
): (passId: number) => Promise<void> {
  const token = wish.paymentRequestToken?.trim() ?? ''
  switch (planSettlement(price.minor, offer.allowOnAccount, token !== '')) {
    case 'FREE':
      return async () => undefined
    case 'ON_ACCOUNT':
      return (passId) => chargeToAccount(work, passId, { offer, price, wish })
    case 'TOKEN_MISSING':
      throw refuseFields([violation('paymentRequestToken', 'required')])
    case 'TOKEN':
      // No session has been opened in this installation, so every token is unknown.
      throw badRequest('errormessage.paymentToken.invalid', {
        args: [{ type: 'ENUM', value: 'UNKNOWN' }],
        reference: 'paymentRequestToken',
      })
  }
}

async function chargeToAccount(work: PartnerWork, passId: number, { offer, price, wish }: PurchasePrice) {
  await chargeCustomer(work, {
    customerId: wish.customerId,
    studioId: offer.studioId,
    amount: price,
    kind: 'SALE',
    chargeType: 'SALE',
    description: offer.name,
    journalKey: `pass:${passId}`,
  })
}
