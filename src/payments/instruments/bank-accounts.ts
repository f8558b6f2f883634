import { extractIBAN, isSEPACountry } from 'ibantools'
import type { Secrets } from '../../platform/secrets.ts'
import type { BankAccount } from '../../platform/values/bank-numbers.ts'
import type { DirectDebit } from '../method-rules.ts'
import type { paymentInstruments } from '../tables.ts'

/** Whether an account can be debited by a method. */
export function takesDebit({ countryCode }: BankAccount, method: DirectDebit): boolean {
  switch (method) {
    case 'SEPA':
      return isSEPACountry(countryCode)
    case 'BACS':
      return countryCode === 'GB'
    case 'CH_DD':
    case 'LSV':
      return countryCode === 'CH' || countryCode === 'LI'
  }
}

/** How an account is stored for a method: British ones by sort code and account, all others by IBAN. */
export const storedAccount = ({ iban }: BankAccount, method: DirectDebit): string =>
  method === 'BACS' ? iban.slice(-14) : iban

/** The number of an account at its bank, where its country has one besides the bank code. */
export const findAccountPart = (account: string): string | undefined =>
  /^\d{14}$/.test(account) ? account.slice(-8) : extractIBAN(account).accountNumber

/** The number of the account of an instrument, opened; undefined for cards and the like. */
export const openAccount = (
  secrets: Secrets,
  { accountEnc, type }: Pick<typeof paymentInstruments.$inferSelect, 'accountEnc' | 'type'>,
): string | undefined => (accountEnc && type !== 'CREDIT_CARD' ? secrets.open('field', accountEnc) : undefined)

const SHOWN_DIGITS = 4

/** As much of a number as its holder needs to know it again. */
export const lastDigits = (number: string): string => number.slice(-SHOWN_DIGITS)

export const accountLabel = (account: string) => `account\n${account}`
export const accountPartLabel = (part: string) => `account part\n${part}`

/** How an account number is stored: sealed, with keyed hashes of the whole and of its part for looking it up. */
export function sealAccount(secrets: Secrets, account: string, part: string | undefined) {
  return {
    accountEnc: secrets.seal('field', account),
    accountHmac: secrets.hash('blind-index', accountLabel(account)),
    accountPartHmac: part === undefined ? null : secrets.hash('blind-index', accountPartLabel(part)),
  }
}
