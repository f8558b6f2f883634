import { divideHalfUp } from '../../platform/values/money.ts'

/** A percentage with four decimals as a whole number: 19 % is 190000. */
export type TaxRate = bigint

const HUNDRED_PERCENT = 1_000_000n

/** Reads a stored percentage, such as `19.0000`. */
export function readRate(stored: string): TaxRate {
  const [whole = '0', decimals = ''] = stored.split('.')
  return BigInt(whole + decimals.slice(0, 4).padEnd(4, '0'))
}

export interface TaxedAmount {
  readonly net: bigint
  readonly tax: bigint
}

/** Takes the tax out of a gross price, rounded once, halves away from zero. Amounts are minor units. */
export function splitTax(gross: bigint, rate: TaxRate): TaxedAmount {
  const tax = divideHalfUp(gross * rate, HUNDRED_PERCENT + rate)
  return { net: gross - tax, tax }
}

/** A claim, with what credit notes and write-offs have taken from it so far. */
export interface ReducedClaim {
  readonly amount: bigint
  readonly tax: bigint
  readonly reducedAmount: bigint
  readonly reducedTax: bigint
}

/**
 * The tax in the next part that is taken from a claim. It is counted from the total taken so far, so that the parts of a
 * claim that is taken back bit by bit add up to its tax.
 */
export function partialTax({ amount, tax, reducedAmount, reducedTax }: ReducedClaim, part: bigint): bigint {
  return divideHalfUp(tax * (reducedAmount + part), amount) - reducedTax
}
