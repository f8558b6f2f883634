import type { RejectionReason } from '../../accounts/index.ts'
import type { Money } from '../../platform/values/money.ts'
import type { Method, Scope } from '../method-rules.ts'
import type { requestStates } from '../payment-tables.ts'
import { isBefore } from '../../platform/time/order.ts'

/** A token as it is stored: its request, the session of that, and the identity of the session. */
export interface TokenFacts {
  readonly requestState: (typeof requestStates)[number]
  readonly sessionState: 'OPEN' | 'CONSUMED' | 'EXPIRED' | 'LOCKED'
  readonly sessionStudioId: number
  readonly validUntil: Temporal.Instant
  readonly scope: Scope
  readonly amount: Money
  readonly method: Method | null
  readonly failure: RejectionReason | null
  readonly identity: string
  readonly sessionCustomerId: number | null
  /** The customer to whom the identity belongs by now. */
  readonly identityCustomerId: number | null
}

/** What an operation wants of a token. */
export interface TokenWish {
  readonly purpose: 'INSTRUMENT' | 'PAYMENT'
  /** The customer of the operation; NEW: one that the operation creates. */
  readonly customerId: number | 'NEW'
  /** PAYMENT: the amounts that the operation takes, the usual one first. */
  readonly expected?: readonly [Money, ...Money[]]
  /** PAYMENT: whether a session of a membership may pay as well as one of a purchase. */
  readonly takesMemberScope?: boolean
  /** How what is sold may be paid; left out: any way. */
  readonly allowedMethods?: readonly Method[] | undefined
}

export interface TokenContext {
  readonly now: Temporal.Instant
  /** Studios whose sessions the caller may use. */
  readonly studioIds: readonly number[]
  /** The same token stands in another field of the body. */
  readonly isRepeated: boolean
  /** The identity of an earlier token of the same body. */
  readonly sharedIdentity: string | undefined
}

export type TokenRefusal =
  | 'UNKNOWN'
  | 'ALREADY_USED'
  | 'EXPIRED'
  | 'NOT_AUTHORISED'
  | 'DUPLICATE'
  | 'CUSTOMER_MISMATCH'
  | 'WRONG_SCOPE'
  | 'AMOUNT_MISMATCH'
  | 'METHOD_NOT_ALLOWED'

/** Whether an operation may use a token; the first reason in a fixed order. A refused token stays as it is. */
export function judgeToken(
  facts: TokenFacts | undefined,
  wish: TokenWish,
  context: TokenContext,
): TokenRefusal | undefined {
  if (!facts || !context.studioIds.includes(facts.sessionStudioId)) return 'UNKNOWN'
  if (facts.requestState === 'CONSUMED' || facts.sessionState === 'CONSUMED') return 'ALREADY_USED'
  if (!isBefore(context.now, facts.validUntil)) return 'EXPIRED'
  if (facts.requestState !== 'PREAUTHED') return 'NOT_AUTHORISED'
  if (context.isRepeated) return 'DUPLICATE'
  if (!fitsCustomer(facts, wish, context)) return 'CUSTOMER_MISMATCH'
  if (!fitsScope(facts, wish)) return 'WRONG_SCOPE'
  if (wish.expected && !wish.expected.some((amount) => isSame(amount, facts.amount))) return 'AMOUNT_MISMATCH'
  const { allowedMethods: allowed } = wish
  return allowed && (facts.method === null || !allowed.includes(facts.method)) ? 'METHOD_NOT_ALLOWED' : undefined
}

/**
 * A token of a customer is for that customer alone. One of an identity that is nobody yet becomes a new customer, or gives
 * its instrument to a known one; it pays for nobody else.
 */
function fitsCustomer(facts: TokenFacts, wish: TokenWish, { sharedIdentity }: TokenContext): boolean {
  const holder = facts.sessionCustomerId ?? facts.identityCustomerId
  if (wish.customerId === 'NEW') return holder === null && (sharedIdentity ?? facts.identity) === facts.identity
  if (holder !== null) return holder === wish.customerId
  return wish.purpose === 'INSTRUMENT' || sharedIdentity === facts.identity
}

function fitsScope({ scope, amount }: TokenFacts, { purpose, takesMemberScope = false }: TokenWish): boolean {
  if (purpose === 'INSTRUMENT') return scope === 'MEMBER_ACCOUNT' && amount.minor === 0n
  return amount.minor > 0n && (scope === 'ECOM' || takesMemberScope)
}

const isSame = (a: Money, b: Money) => a.minor === b.minor && a.currency === b.currency
