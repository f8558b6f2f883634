import type Stripe from 'stripe'
import type { RejectionReason } from '../../accounts/index.ts'
import type { Method } from '../method-rules.ts'
import type { StoredInstrument } from '../provider.ts'

/** What Stripe calls a method. */
export const stripeTypes = {
  CREDIT_CARD: 'card',
  PAYPAL: 'paypal',
  TWINT: 'twint',
  IDEAL: 'ideal',
  BANCONTACT: 'bancontact',
} as const
export type StripeMethod = keyof typeof stripeTypes

const isStripeMethod = (method: Method): method is StripeMethod => Object.hasOwn(stripeTypes, method)

/** Refuses by a mistake of ours: sessions offer only what the account can take. */
export function readMethod(method: Method): StripeMethod {
  if (!isStripeMethod(method)) throw new Error(`Stripe takes no ${method}.`)
  return method
}

/** What an account offers its payers now, by its payment method settings at Stripe. */
export function listMethods(settings: Stripe.PaymentMethodConfiguration): StripeMethod[] {
  const all = Object.keys(stripeTypes) as StripeMethod[]
  return all.filter((method) => settings[stripeTypes[method]]?.available === true)
}

/**
 * Banks that are debited in the payer's own app give the money at once and hold none. What was taken so is given back
 * where nobody uses it.
 */
export const captureMethod = (method: StripeMethod) =>
  method === 'CREDIT_CARD' || method === 'PAYPAL' ? ('manual' as const) : ('automatic' as const)

const reasons: Readonly<Record<string, RejectionReason>> = {
  insufficient_funds: 'INSUFFICIENT_COVERING',
  withdrawal_count_limit_exceeded: 'INSUFFICIENT_COVERING',
  card_velocity_exceeded: 'AMOUNT_EXCEEDS_LIMIT',
  amount_too_large: 'AMOUNT_EXCEEDS_LIMIT',
  expired_card: 'CARD_EXPIRED',
  incorrect_number: 'INVALID_CARD',
  invalid_number: 'INVALID_CARD',
  invalid_account: 'INVALID_CARD',
  invalid_expiry_month: 'INVALID_CARD',
  invalid_expiry_year: 'INVALID_CARD',
  incorrect_cvc: 'INVALID_CARD',
  invalid_cvc: 'INVALID_CARD',
  new_account_information_available: 'INVALID_CARD',
  lost_card: 'FRAUD',
  stolen_card: 'FRAUD',
  pickup_card: 'FRAUD',
  fraudulent: 'FRAUD',
  merchant_blacklist: 'FRAUD',
  revocation_of_all_authorizations: 'REVOKED_BY_CUSTOMER',
  revocation_of_authorization: 'REVOKED_BY_CUSTOMER',
  stop_payment_order: 'REVOKED_BY_CUSTOMER',
  do_not_honor: 'AUTHORIZATION_DECLINED',
  generic_decline: 'AUTHORIZATION_DECLINED',
  call_issuer: 'AUTHORIZATION_DECLINED',
  card_not_supported: 'AUTHORIZATION_DECLINED',
  currency_not_supported: 'AUTHORIZATION_DECLINED',
  authentication_required: 'AUTHORIZATION_DECLINED',
  authentication_not_handled: 'AUTHORIZATION_DECLINED',
  payment_intent_authentication_failure: 'AUTHORIZATION_DECLINED',
  setup_intent_authentication_failure: 'AUTHORIZATION_DECLINED',
  payment_method_customer_decline: 'AUTHORIZATION_DECLINED',
  payment_intent_payment_attempt_failed: 'AUTHORIZATION_DECLINED',
  card_declined: 'AUTHORIZATION_DECLINED',
}

/** Why a bank has declined, in our words: the more exact of the two codes counts. */
export function readReason(error: { readonly code?: string | null; readonly decline_code?: string | null }) {
  const { code, decline_code: exact } = error
  return reasons[exact ?? ''] ?? reasons[code ?? ''] ?? 'UNKNOWN'
}

/** Whether the money of a refund is back at the studio. */
export const isFailedRefund = ({ status }: Pick<Stripe.Refund, 'status'>) =>
  status === 'failed' || status === 'canceled'

/** Whether the money of a refund is on its way to the payer, or there. */
export const isMadeRefund = ({ status }: Pick<Stripe.Refund, 'status'>) =>
  status === 'succeeded' || status === 'pending'

const brands: Readonly<Record<string, string>> = {
  amex: 'American Express',
  cartes_bancaires: 'Cartes Bancaires',
  diners: 'Diners Club',
  discover: 'Discover',
  eftpos_au: 'eftpos',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
}

type Expandable<T> = string | T | null

/** What may be kept of a card; undefined for wallets, of which nothing is kept. */
export function readInstrument(
  accountId: string,
  method: Expandable<Stripe.PaymentMethod>,
  customer: Expandable<Stripe.Customer | Stripe.DeletedCustomer>,
): StoredInstrument | undefined {
  if (method === null || typeof method === 'string' || !method.card) return undefined
  const { brand, last4, exp_month: month, exp_year: year } = method.card
  const customerId = typeof customer === 'string' ? customer : (customer?.id ?? null)
  return {
    ref: customerId === null ? null : nameCard({ accountId, customerId, methodId: method.id }),
    brand: brands[brand] ?? 'Card',
    holder: method.billing_details.name,
    last4,
    first6: null,
    expiry: Temporal.PlainDate.from({ year, month, day: 31 }, { overflow: 'constrain' }),
  }
}

/** A card that can be charged again, by the ids of Stripe. */
export interface KnownCard {
  readonly accountId: string
  readonly customerId: string
  readonly methodId: string
}

/** A card is only known to the account with which it was stored. */
export const nameCard = ({ accountId, customerId, methodId }: KnownCard) =>
  ['stripe', accountId, customerId, methodId].join('/')

export function readCard(ref: string): KnownCard | undefined {
  const [provider, accountId, customerId, methodId] = ref.split('/')
  if (provider !== 'stripe' || !accountId || !customerId || !methodId) return undefined
  return { accountId, customerId, methodId }
}
