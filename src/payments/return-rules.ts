import type { RejectionReason } from '../accounts/index.ts'

/** Reasons after which an account or card cannot be charged again. */
const final: ReadonlySet<RejectionReason> = new Set([
  'INVALID_IBAN',
  'CLOSED_BANKACCOUNT',
  'INVALID_BANK_INFORMATION',
  'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE',
  'INVALID_SEPA_MANDATE',
  'INVALID_MANDATE',
  'WITHDRAWN_MANDATE',
  'DECEASED',
  'INVALID_CARD',
  'CARD_EXPIRED',
  'FRAUD',
])

/** Whether a returned payment puts its instrument out of use. */
export const endsInstrument = (reason: RejectionReason) => final.has(reason)
