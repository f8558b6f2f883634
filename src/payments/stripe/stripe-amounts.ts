import { currencyDigits, type Money } from '../../platform/values/money.ts'

/** How many decimals Stripe counts in, where that is not the number of ISO 4217. */
const stripeDigits: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 }

/**
 * The amount as Stripe wants it: a whole number of its smallest unit. Undefined where Stripe cannot express it: a currency
 * with three decimals takes no amount whose last one is not 0.
 */
export function toStripeAmount({ minor, currency }: Money): number | undefined {
  const digits = currencyDigits(currency)
  const shift = (stripeDigits[currency] ?? digits) - digits
  const divisor = 10n ** BigInt(Math.max(-shift, 0))
  const amount = (minor * 10n ** BigInt(Math.max(shift, 0))) / divisor
  const isExact = minor % divisor === 0n && (digits < 3 || amount % 10n === 0n)
  return isExact ? Number(amount) : undefined
}

/** Reads an amount that Stripe names; parts that the currency does not have are cut off. */
export function fromStripeAmount(amount: number, currency: string): Money {
  const code = currency.toUpperCase()
  const digits = currencyDigits(code)
  const shift = digits - (stripeDigits[code] ?? digits)
  const minor = shift >= 0 ? BigInt(amount) * 10n ** BigInt(shift) : BigInt(amount) / 10n ** BigInt(-shift)
  return { minor, currency: code }
}
