import { Type } from 'typebox'
import type { OperationErrors } from '../platform/api/operation.ts'
import { described, text, typed, trimmed } from '../platform/api/schema.ts'
import { CardNumberFormat } from './customer-schema.ts'

const optional = Type.Optional
const cardNumberFormat = described(CardNumberFormat, 'How card numbers are written in the request and in the answer.')

/** The parameters of which exactly one names a customer. */
export const lookupFields = {
  cardNumber: optional(typed('Number of an active card, written as `cardNumberFormat` says.')),
  cardNumberFormat,
  debtorId: optional(typed('Debtor id of the customer account.')),
  qrCodeUuid: optional(text('The `uuid` of the customer.', { format: 'uuid', trim: true, deprecated: true })),
  barcode: optional(trimmed('Value of an active barcode; upper and lower case differ.')),
  customerNumber: optional(typed('Customer number in any case.', '1-10027')),
  pin: optional(typed('PIN; leading zeros count.')),
}

export const lookupErrors = {
  400: ['errormessage.cardNumber.invalid', 'errormessage.customerLookup.oneParameterRequired'],
  404: ['errormessage.customer.notFound'],
} as const satisfies OperationErrors

export const lookupRules =
  'Give exactly one criterion; `cardNumberFormat` is none. Expired or removed cards and codes match nobody.'
