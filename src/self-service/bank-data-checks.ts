import { type Violation, violation } from '../platform/errors/errors.ts'
import { characterCount } from '../platform/validation/coerce.ts'
import { onOneLine } from '../platform/validation/pasted-text.ts'
import { parseBic, parseIban } from '../platform/values/bank-numbers.ts'
import type { BankData } from '../payments/index.ts'

const LONGEST_HOLDER = 70
const LONGEST_BANK = 100

export const paymentFields = ['accountHolder', 'bankName', 'iban', 'bic'] as const

/** All of it is known. */
export type WholeBankData = { readonly [K in keyof BankData]: string }

/** A bank account as a customer has typed it, in the form in which it is stored. */
export function readBankData(typed: WholeBankData): WholeBankData {
  const compact = (text: string) => text.replaceAll(/\s/g, '').toUpperCase()
  return {
    accountHolder: onOneLine(typed.accountHolder),
    bankName: onOneLine(typed.bankName),
    iban: parseIban(typed.iban)?.iban ?? compact(typed.iban),
    bic: parseBic(typed.bic) ?? compact(typed.bic),
  }
}

/** What is wrong with a bank account; the first violation is the answer. */
export function judgeBankData({ accountHolder, bankName, iban, bic }: WholeBankData): Violation[] {
  const tooLong = (field: string, text: string, most: number) =>
    characterCount(text) > most ? [violation(field, 'maxLength', { type: 'INTEGER', value: most })] : []
  const badForm = (field: string, form: string) => violation(field, 'format', { type: 'STRING', value: form })
  return [
    ...tooLong('accountHolder', accountHolder, LONGEST_HOLDER),
    ...tooLong('bankName', bankName, LONGEST_BANK),
    ...(parseIban(iban) ? [] : [badForm('iban', 'IBAN')]),
    ...(parseBic(bic) ? [] : [badForm('bic', 'BIC')]),
  ]
}

/** Fields in which two accounts differ. */
export const differingFields = (one: BankData, other: BankData): readonly string[] =>
  paymentFields.filter((field) => one[field] !== other[field])
