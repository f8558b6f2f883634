import { parseCardNumber } from '../card-number-rules.ts'
import type { CardNumberFormat } from '../customer-schema.ts'

export const lookupKinds = ['cardNumber', 'debtorId', 'qrCodeUuid', 'barcode', 'customerNumber', 'pin'] as const
export type LookupParameter = (typeof lookupKinds)[number]

export type LookupQuery = { readonly [K in LookupParameter]?: string } & { readonly cardNumberFormat: CardNumberFormat }

/** One parameter with its value, a card number in canonical form. */
export interface Lookup {
  readonly kind: LookupParameter
  readonly value: string
}

export type LookupRefusal =
  | { readonly reason: 'NOT_EXACTLY_ONE'; readonly given: readonly LookupParameter[] }
  | { readonly reason: 'CARD_NUMBER_INVALID' }

/** What to find a customer by: exactly one parameter, blank ones not counted. */
export function planLookup(query: LookupQuery): Lookup | LookupRefusal {
  const given = lookupKinds.filter((kind) => query[kind]?.trim())
  const [kind, ...more] = given
  if (kind === undefined || more.length > 0) return { reason: 'NOT_EXACTLY_ONE', given }
  const value = query[kind]?.trim() ?? ''
  if (kind !== 'cardNumber') return { kind, value }
  const card = parseCardNumber(value, query.cardNumberFormat)
  return card === undefined ? { reason: 'CARD_NUMBER_INVALID' } : { kind, value: card }
}
