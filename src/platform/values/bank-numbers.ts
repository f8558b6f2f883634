import { electronicFormatIBAN, isValidBIC, isValidIBAN } from 'ibantools'

/** A bank account that has been judged. */
export interface BankAccount {
  /** Without spaces, in capital letters. */
  readonly iban: string
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string
}

/** What stands before a number that is copied from an invoice; no IBAN begins so. */
const ibanLabel = /^\s*IBAN[\s:.]*/i
const bicLabel = /^\s*(?:BIC|SWIFT)(?:[\s/-]*(?:BIC|SWIFT|code))?[\s:.]+/i

/**
 * Reads an IBAN as people type or copy it: checks country, length and check digits. Undefined for what is none.
 */
export function parseIban(text: string): BankAccount | undefined {
  const iban = electronicFormatIBAN(text.replace(ibanLabel, ''))?.toUpperCase()
  if (!iban || !isValidIBAN(iban)) return undefined
  return { iban, countryCode: iban.slice(0, 2) }
}

/** Reads a BIC as people type or copy it, in capital letters without blanks. Undefined for what is none. */
export function parseBic(text: string): string | undefined {
  const compact = (part: string) => part.replaceAll(/\s/g, '').toUpperCase()
  // Some banks have a code that begins like the label.
  return [compact(text), compact(text.replace(bicLabel, ''))].find((bic) => isValidBIC(bic))
}
