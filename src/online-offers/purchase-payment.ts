import { type Charge, chargeCustomer } from '../accounts/index.ts'
import { checkPaymentToken, consumePayment } from '../payments/index.ts'
import { refuseFields, violation } from '../platform/errors/errors.ts'
import type { PartnerWork } from '../platform/units/work.ts'
import type { Money } from '../platform/values/money.ts'
import type { OnlineOffer } from './offer-store.ts'
import { planSettlement } from './purchase-rules.ts'
import { setPayment } from './pass-store.ts'

const reference = 'paymentRequestToken'

export interface PurchasePrice {
  readonly offer: OnlineOffer
  readonly customerId: number
  readonly price: Money
  /** Empty where the request has none. */
  readonly token: string
}

/** Pays for a pass that is stored. */
type Settle = (passId: number) => Promise<void>

/**
 * How a pass is paid for once it is stored. Refuses (400) before anything is written: a price without a token where the
 * offer cannot be bought on account, and a token that does not pay exactly the price for this customer. The customer is
 * locked.
 */
export async function planPayment(work: PartnerWork, wanted: PurchasePrice): Promise<Settle> {
  switch (planSettlement(wanted.price.minor, wanted.offer.allowOnAccount, wanted.token !== '')) {
    case 'FREE':
      return async () => undefined
    case 'ON_ACCOUNT':
      return async (passId) => void (await chargeCustomer(work, makeCharge(passId, wanted)))
    case 'TOKEN_MISSING':
      throw refuseFields([violation(reference, 'required')])
    case 'TOKEN':
      return planTokenPayment(work, wanted)
  }
}

async function planTokenPayment(work: PartnerWork, wanted: PurchasePrice): Promise<Settle> {
  const { offer, customerId, price, token } = wanted
  const use = { token, reference, purpose: 'PAYMENT', customerId, expected: [price] } as const
  const checked = await checkPaymentToken(work, use, work.caller.visibleStudioIds)
  return async (passId) => {
    const claimId = await chargeCustomer(work, { ...makeCharge(passId, wanted), staysOpen: true })
    const { studioId, name: description } = offer
    const paymentId = await consumePayment(work, checked, { customerId, studioId, claimIds: [claimId], description })
    await setPayment(work.tx, passId, paymentId, work.now)
  }
}

function makeCharge(passId: number, { offer, customerId, price }: PurchasePrice): Charge {
  const { studioId, name: description } = offer
  const sale = { kind: 'SALE', chargeType: 'SALE' } as const
  return { ...sale, customerId, studioId, amount: price, description, journalKey: `pass:${passId}` }
}
