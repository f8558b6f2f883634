import { type Static, Type } from 'typebox'
import { choice, flag, int32, text, trimmed, typed } from '../../platform/api/schema.ts'
import { methods } from '../method-rules.ts'

const optional = Type.Optional

/** What a payer sends to authorise a request. */
export const Authorisation = Type.Object({
  paymentMethod: choice(methods, 'How to pay.'),
  paymentInstrumentToken: optional(trimmed('An instrument that is stored already.')),
  card: optional(
    Type.Object({
      number: trimmed('As it stands on the card.'),
      expiryMonth: int32('1 to 12.', { minimum: 1, maximum: 12 }),
      expiryYear: int32('Four digits.', { minimum: 2000, maximum: 2099 }),
      holder: optional(trimmed('As it stands on the card.')),
    }),
  ),
  bankAccount: optional(
    Type.Object({
      holder: trimmed('Whose account it is.'),
      iban: typed('International account number.'),
    }),
  ),
  mandateAccepted: optional(flag('The payer agrees to be debited.', { default: false })),
  signature: optional(text('A drawn signature: Base64 of an SVG.')),
  saveForLater: optional(flag('Keeps the instrument for later purchases.', { default: false })),
})
export type Authorisation = Static<typeof Authorisation>
