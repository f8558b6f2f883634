import type { ErrorCode } from '../../platform/errors/error-code.ts'

/** What the rules about a person's fields refuse with. */
export const personCodes: readonly ErrorCode[] = [
  'errormessage.validation.format',
  'errormessage.validation.maxLength',
  'errormessage.validation.min',
  'errormessage.validation.mustNotBeFuture',
  'errormessage.validation.pattern',
  'errormessage.validation.required',
]

/** What values of additional information fields are refused with. */
export const assignmentCodes: readonly ErrorCode[] = [
  'errormessage.additionalInformationField.duplicate',
  'errormessage.additionalInformationField.unknown',
  'errormessage.additionalInformationField.valueInvalid',
]

/** What a new customer is refused with, by this module and by those that keep a part of a customer. */
export const creationCodes: readonly ErrorCode[] = [
  ...personCodes,
  ...assignmentCodes,
  'errormessage.communication.channelNotAvailable',
  'errormessage.communication.notOverridable',
  'errormessage.customer.placeOfBirthRequired',
  'errormessage.customer.taxIdInvalid',
  'errormessage.customer.taxIdRequired',
  'errormessage.paymentToken.customerMismatch',
  'errormessage.paymentToken.invalid',
  'errormessage.validation.uniqueItems',
]
