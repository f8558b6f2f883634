import type { RejectionReason } from '../../accounts/index.ts'

/** Why money did not stay, and whether its account or card can be charged again. */
export interface ReturnCause {
  readonly reason: RejectionReason
  readonly endsInstrument: boolean
}

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

/** What a reason means that staff or a provider have named. */
export const readReason = (reason: RejectionReason): ReturnCause => ({ reason, endsInstrument: final.has(reason) })

/** The codes of ISO 20022 with which banks return direct debits. */
const reasonsByCode: Readonly<Record<string, RejectionReason>> = {
  AC01: 'INVALID_IBAN',
  AC04: 'CLOSED_BANKACCOUNT',
  AC06: 'INVALID_BANK_INFORMATION',
  RC01: 'INVALID_BANK_INFORMATION',
  AG01: 'IBAN_NOT_SEPA_DIRECT_DEBIT_CAPABLE',
  AM04: 'INSUFFICIENT_COVERING',
  MD01: 'INVALID_SEPA_MANDATE',
  MD06: 'OPPOSITION',
  MS02: 'OPPOSITION',
  MD07: 'DECEASED',
  SL01: 'IBAN_BLACKLISTED',
  MS03: 'OTHER',
}

/** A BIC that the bank did not know says nothing about the account. */
const accountStays: ReadonlySet<string> = new Set(['RC01'])

/** What the code of a bank means; a code that is missing or unknown leaves the account in use. */
export function readBankCode(code: string | null): ReturnCause {
  const known = code !== null && Object.hasOwn(reasonsByCode, code) ? reasonsByCode[code] : undefined
  if (code === null || known === undefined) return { reason: 'UNKNOWN', endsInstrument: false }
  return { reason: known, endsInstrument: final.has(known) && !accountStays.has(code) }
}

/** How often a claim that was returned is collected again where a studio has said nothing. */
export const USUAL_RETRIES = 2
