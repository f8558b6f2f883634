import type { AddressSnapshot } from '../runs/snapshot-facts.ts'

/** Countries in which the number of a house stands before its street. */
const numberFirst: ReadonlySet<string> = new Set(['US', 'CA', 'GB', 'IE', 'FR', 'LU', 'AU', 'NZ', 'IN', 'ZA'])
/** Countries in which the code of a town stands after it. */
const codeLast: ReadonlySet<string> = new Set(['US', 'CA', 'GB', 'IE', 'AU', 'NZ', 'IN', 'ZA'])

const join = (parts: readonly (string | null)[], between = ' ') => parts.filter(Boolean).join(between)

/** The lines of an address as they stand on letters within its country: street, town. */
export function formatAddress({ street, houseNumber, zipCode, city, province, countryCode }: AddressSnapshot) {
  const country = countryCode ?? ''
  const first = numberFirst.has(country) ? join([houseNumber, street]) : join([street, houseNumber])
  const second = codeLast.has(country) ? join([city, join([province, zipCode])], ', ') : join([zipCode, city])
  return { first, second }
}

const namesByLanguage = new Map<string, Intl.DisplayNames>()

/** What a country is called in a language. */
export function nameCountry(countryCode: string | null, languageTag: string): string | undefined {
  if (countryCode === null) return undefined
  let names = namesByLanguage.get(languageTag)
  if (!names) namesByLanguage.set(languageTag, (names = new Intl.DisplayNames([languageTag], { type: 'region' })))
  return names.of(countryCode)
}
