import { Type } from 'typebox'
import { date, flag, text, trimmed, typed } from '../../platform/api/schema.ts'

const optional = Type.Optional

/** A mandate on paper, as staff type it. */
export const mandateFields = {
  iban: typed('the account that is debited'),
  holder: text('whose account it is', { trim: true, minLength: 1, maxLength: 70 }),
  bank: optional(trimmed('name of the bank')),
  bic: optional(typed('BIC of the bank')),
  signed: optional(date('when it was signed; left out: today')),
  isOneOff: optional(flag('it allows one collection and ends with it')),
}
