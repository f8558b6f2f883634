import { parseMoney } from '../platform/values/money.ts'

/** Minor units of an amount that has been checked when it was stored. */
export function toMinor(amount: string | number, currency: string): bigint {
  const money = parseMoney(amount, currency)
  if (typeof money === 'string') throw new Error(`A stored amount is ${money}.`)
  return money.minor
}
