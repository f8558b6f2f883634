import { isSEPACountry } from 'ibantools'
import { parseIban } from '../../platform/values/bank-numbers.ts'
import { accountLabel, accountPartLabel } from './bank-accounts.ts'

export const accountTypes = ['BACS', 'SEPA', 'ACH', 'CREDIT_CARD'] as const
export type AccountType = (typeof accountTypes)[number]

/** What is looked for: the label under which the whole account, or a part of it, was hashed. */
export interface AccountWish {
  readonly in: 'WHOLE' | 'PART'
  readonly label: string
}

export type AccountRefusal = 'INVALID' | 'FULL_CARD_NUMBER'

/** A full card number names one card; its last four digits and the first six are all that is kept of it. */
export const cardLabel = (first6: string, last4: string) => `card\n${first6}${last4}`

const whole = (account: string): AccountWish => ({ in: 'WHOLE', label: accountLabel(account) })
const part = (account: string): AccountWish => ({ in: 'PART', label: accountPartLabel(account) })

/** Reads an account number as a client sends it. */
export function planAccountSearch(type: AccountType, typed: string): AccountWish | AccountRefusal {
  const compact = typed.replaceAll(/\s/g, '').toUpperCase()
  switch (type) {
    case 'SEPA': {
      const account = parseIban(compact)
      return account && isSEPACountry(account.countryCode) ? whole(account.iban) : 'INVALID'
    }
    case 'BACS':
      return planBacs(compact)
    case 'ACH':
      return planAch(compact)
    case 'CREDIT_CARD':
      return planCard(compact)
  }
}

/** A British IBAN ends with sort code and account, six and eight digits. */
function planBacs(compact: string): AccountWish | AccountRefusal {
  const account = parseIban(compact)
  if (account) return account.countryCode === 'GB' ? whole(account.iban.slice(-14)) : 'INVALID'
  const digits = compact.replaceAll('-', '')
  if (/^\d{14}$/.test(digits)) return whole(digits)
  return /^\d{8}$/.test(digits) ? part(digits) : 'INVALID'
}

function planAch(compact: string): AccountWish | AccountRefusal {
  const [, routing, account = ''] = /^(\d{9})[/:-](\d{4,17})$/.exec(compact) ?? []
  if (routing !== undefined) return isRoutingNumber(routing) ? whole(`${routing}/${account}`) : 'INVALID'
  return /^\d{4,17}$/.test(compact) ? part(compact) : 'INVALID'
}

/** The digits weighted 3, 7, 1 in turn add up to a multiple of ten. */
export function isRoutingNumber(digits: string): boolean {
  const sum = Array.from(digits).reduce((total, digit, index) => total + Number(digit) * ([3, 7, 1][index % 3] ?? 0), 0)
  return sum % 10 === 0
}

function planCard(compact: string): AccountWish | AccountRefusal {
  const digits = compact.replaceAll('-', '')
  if (/^\d{13,19}$/.test(digits)) return 'FULL_CARD_NUMBER'
  if (/^\d{4}$/.test(digits)) return part(digits)
  const [, first6 = '', last4 = ''] = /^(\d{6})\*+(\d{4})$/.exec(digits) ?? []
  return first6 ? { in: 'WHOLE', label: cardLabel(first6, last4) } : 'INVALID'
}
