import { formatAmount, parseMoney } from '../platform/values/money.ts'

/** Minor units of a stored amount. */
export function readMinor(stored: string, currency: string): bigint {
  const money = parseMoney(stored, currency)
  if (typeof money === 'string') throw new Error(`${stored} is no amount in ${currency}.`)
  return money.minor
}

/** The decimal text that stores minor units. */
export function storeMinor(minor: bigint, currency: string): string {
  return formatAmount({ minor, currency })
}

/** The smaller of two amounts. */
export const least = (a: bigint, b: bigint) => (a < b ? a : b)

export const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
