import { isAfter, isBefore } from '../../platform/time/order.ts'

/** A purchase as it is stored. `price` in minor units of the studio's currency. */
export interface Purchase {
  readonly id: number
  readonly deviceId: number
  readonly customerId: number
  readonly state: 'IDENTIFIED' | 'RESERVED' | 'COMPLETED' | 'EXPIRED'
  readonly expiresAt: Temporal.Instant
  readonly shelf: string | null
  readonly price: bigint | null
}

export type PurchaseRefusal = 'transactionNotFound' | 'transactionClosed' | 'transactionExpired' | 'transactionMismatch'

/** The machine and customer of a call. */
export interface Party {
  readonly deviceId: number
  readonly customerId: number
}

const LATE_MINUTES = 10

/** Alive until, but not at, the moment at which it expires. */
export function isAlive({ state, expiresAt }: Purchase, now: Temporal.Instant): boolean {
  return (state === 'IDENTIFIED' || state === 'RESERVED') && isBefore(now, expiresAt)
}

/** A purchase that time has ended but nobody has marked. */
export function isOverdue(purchase: Purchase, now: Temporal.Instant): boolean {
  const { state } = purchase
  return (state === 'IDENTIFIED' || state === 'RESERVED') && !isAlive(purchase, now)
}

function belongsToParty(purchase: Purchase, party: Party): boolean {
  return purchase.deviceId === party.deviceId && purchase.customerId === party.customerId
}

export type IdentificationPlan =
  | { readonly kind: 'REFUSE'; readonly refusal: PurchaseRefusal }
  /** It is alive already: its time starts anew. */
  | { readonly kind: 'RENEW'; readonly purchaseId: number }
  /** Another purchase of the customer is alive. */
  | { readonly kind: 'LOCKED' }
  | { readonly kind: 'BEGIN' }

/** What an identification does. `known` has the id that was sent, `others` are further purchases of the customer. */
export function planIdentification(
  known: Purchase | undefined,
  others: readonly Purchase[],
  { party, now }: { readonly party: Party; readonly now: Temporal.Instant },
): IdentificationPlan {
  if (known) {
    if (known.state === 'COMPLETED') return { kind: 'REFUSE', refusal: 'transactionClosed' }
    if (!belongsToParty(known, party)) return { kind: 'REFUSE', refusal: 'transactionMismatch' }
    if (isAlive(known, now)) return { kind: 'RENEW', purchaseId: known.id }
    return { kind: 'REFUSE', refusal: 'transactionExpired' }
  }
  return others.some((other) => isAlive(other, now)) ? { kind: 'LOCKED' } : { kind: 'BEGIN' }
}

export interface SaleWish extends Party {
  readonly shelf: string
  /** Minor units; undefined when it is no amount of the currency. */
  readonly price: bigint | undefined
  readonly shouldExecute: boolean
}

export type SalePlan =
  | { readonly kind: 'REFUSE'; readonly refusal: PurchaseRefusal }
  /** It is paid already. */
  | { readonly kind: 'REPEATED' }
  | { readonly kind: 'CHECK'; readonly purchase: Purchase }
  /** The machine was offline, the goods are out: paid without further checks. */
  | { readonly kind: 'LATE'; readonly purchase: Purchase }

/** What a sale does; product, age and funds are checked after a CHECK. */
export function planSale(purchase: Purchase | undefined, wish: SaleWish, now: Temporal.Instant): SalePlan {
  if (!purchase) return { kind: 'REFUSE', refusal: 'transactionNotFound' }
  if (!belongsToParty(purchase, wish)) return { kind: 'REFUSE', refusal: 'transactionMismatch' }
  const isSame = purchase.shelf === wish.shelf && purchase.price === wish.price
  if (purchase.state === 'COMPLETED') {
    return isSame ? { kind: 'REPEATED' } : { kind: 'REFUSE', refusal: 'transactionClosed' }
  }
  if (isAlive(purchase, now)) return { kind: 'CHECK', purchase }
  const latest = purchase.expiresAt.add({ minutes: LATE_MINUTES })
  const isInTime = !isAfter(now, latest)
  // Only a reservation has a shelf.
  return isSame && purchase.shelf !== null && wish.shouldExecute && isInTime
    ? { kind: 'LATE', purchase }
    : { kind: 'REFUSE', refusal: 'transactionExpired' }
}
