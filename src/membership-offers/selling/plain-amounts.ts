/** The same answer with each amount as a plain number instead of amount and currency: the form of older versions. */
export function withPlainAmounts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlainAmounts)
  if (typeof value !== 'object' || value === null) return value
  if (isMoney(value)) return value.amount
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPlainAmounts(inner)]))
}

function isMoney(value: object): value is { readonly amount: number } {
  return 'amount' in value && typeof value.amount === 'number' && 'currency' in value
}
