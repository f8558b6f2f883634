import { isAfter } from '../platform/time/order.ts'
import { multiply, type Money } from '../platform/values/money.ts'
import type { PaymentMode } from './config-rules.ts'

/** What a price is paid from, in minor units of its currency. */
export interface PaymentPlan {
  readonly spend: bigint
  readonly charge: bigint
}

export interface PaymentFacts {
  readonly mode: PaymentMode
  readonly price: bigint
  readonly credit: bigint
  /** How far the credit may go below zero. */
  readonly overdraft: bigint
  /** How much of one price may go to the account; undefined = no limit. */
  readonly accountLimit: bigint | undefined
}

const least = (a: bigint, b: bigint) => (a < b ? a : b)
const most = (a: bigint, b: bigint) => (a > b ? a : b)

/** Pays a price by the mode of the device, or says what is missing. */
export function planPayment(facts: PaymentFacts): PaymentPlan | { readonly missing: bigint } {
  const { mode, price, credit, overdraft, accountLimit } = facts
  if (mode === 'CREDIT_ONLY') {
    const spendable = credit + overdraft
    return spendable >= price ? { spend: price, charge: 0n } : { missing: price - most(spendable, 0n) }
  }
  const spend = mode === 'ACCOUNT_ONLY' ? 0n : least(most(credit, 0n), price)
  const charge = price - spend
  return accountLimit !== undefined && charge > accountLimit ? { missing: charge - accountLimit } : { spend, charge }
}

/** The goods are out already: the credit as far as it goes, the rest to the account, whatever the mode. */
export function planLatePayment(price: bigint, credit: bigint): PaymentPlan {
  const spend = least(most(credit, 0n), price)
  return { spend, charge: price - spend }
}

/** A price per minute for so many seconds, rounded HALF_UP to the smallest unit. */
export function priceOfSeconds(pricePerMinute: Money, seconds: number): Money {
  return multiply(pricePerMinute, { numerator: BigInt(seconds), denominator: 60n })
}

/** Whether a customer is old enough on this local day; without a known birthday, nobody may assume it. */
export function isOldEnough(
  dateOfBirth: Temporal.PlainDate | null,
  minAge: number | null,
  today: Temporal.PlainDate,
): boolean {
  if (minAge === null) return true
  return dateOfBirth !== null && !isAfter(dateOfBirth.add({ years: minAge }), today)
}
