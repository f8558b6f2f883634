import { Type } from 'typebox'
import { date, flag, text } from '../../platform/api/schema.ts'

const optional = Type.Optional

/** A mandate on paper, as staff type it. */
export const mandateFields = {
  iban: text('the account that is debited'),
  holder: text('whose account it is', { minLength: 1, maxLength: 70 }),
  bank: optional(text('name of the bank')),
  bic: optional(text('BIC of the bank')),
  signed: optional(date('when it was signed; left out: today')),
  isOneOff: optional(flag('it allows one collection and ends with it')),
}
