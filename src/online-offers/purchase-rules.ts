import { isAfter, isBefore } from '../platform/time/order.ts'
import type { OnlineOffer } from './offer-store.ts'

/** How far ahead a pass may begin. */
const DAYS_AHEAD = 365

export interface PurchaseFacts {
  readonly offer: Pick<OnlineOffer, 'requiredRateCode' | 'perCustomerLimit'>
  /** Local dates of the studio that sells. */
  readonly today: Temporal.PlainDate
  readonly validFrom: Temporal.PlainDate
  /** Whether a running contract of the customer has the rate code that the offer asks for. */
  readonly hasRateCode: boolean
  /** Passes of this offer that the customer has and that have not expired. */
  readonly unexpired: number
}

export type PurchaseRefusal = 'validFromInvalid' | 'notEligible' | 'limitReached'

/** Why a customer may not buy an offer that is on sale; undefined when nothing speaks against it. */
export function judgePurchase({
  offer,
  today,
  validFrom,
  hasRateCode,
  unexpired,
}: PurchaseFacts): PurchaseRefusal | undefined {
  if (isBefore(validFrom, today) || isAfter(validFrom, lastStart(today))) return 'validFromInvalid'
  if (offer.requiredRateCode !== null && !hasRateCode) return 'notEligible'
  if (offer.perCustomerLimit !== null && unexpired >= offer.perCustomerLimit) return 'limitReached'
  return undefined
}

/** The last day on which a pass that is bought today may begin. */
export const lastStart = (today: Temporal.PlainDate) => today.add({ days: DAYS_AHEAD })

/** Whether a studio sells an offer on a local date of it. */
export function isOnSale(
  { active, saleFrom, saleTo }: Pick<OnlineOffer, 'active' | 'saleFrom' | 'saleTo'>,
  today: Temporal.PlainDate,
): boolean {
  return active && (saleFrom === null || !isAfter(saleFrom, today)) && (saleTo === null || !isBefore(saleTo, today))
}

/** How a purchase is paid for. Without a token a price has to wait on the account, where the offer allows that. */
export type Settlement = 'FREE' | 'TOKEN' | 'ON_ACCOUNT' | 'TOKEN_MISSING'

export function planSettlement(minor: bigint, allowOnAccount: boolean, hasToken: boolean): Settlement {
  if (minor === 0n) return 'FREE'
  if (hasToken) return 'TOKEN'
  return allowOnAccount ? 'ON_ACCOUNT' : 'TOKEN_MISSING'
}
