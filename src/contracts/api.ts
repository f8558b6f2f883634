import { Type } from 'typebox'
import { creationCodes } from '../customers/index.ts'
import { SignupPreview } from '../membership-offers/api.ts'
import { paymentRefusals, paymentSilences } from '../payments/index.ts'
import type { ErrorCode } from '../platform/errors/error-code.ts'
import { operation } from '../platform/api/operation.ts'
import type { EventType } from '../platform/units/events.ts'
import { pathId } from '../platform/api/schema.ts'
import { AddedContract, AddedMembership, SignupRequest, SignupResult } from './api-schemas.ts'

const tag = 'Memberships'
const looking = { tag, scopes: ['MEMBERSHIP_READ'], shed: 'BULK' } as const

/** What an order for a membership can be refused with, in the order of the rules. */
const orderRefusals = [
  'errormessage.membership.offerTermNotFound',
  'errormessage.membership.startDateInvalid',
  'errormessage.membership.preUseNotAllowed',
  'errormessage.membership.preUseInvalid',
  'errormessage.membership.moduleNotFound',
  'errormessage.membership.moduleDuplicate',
  'errormessage.membership.tooManyModules',
  'errormessage.membership.ageNotAllowed',
] as const satisfies readonly ErrorCode[]

const asIf =
  'Nothing is stored, and the voucher is not used. A code that does not count is named in `voucherErrorCode`; then all else ' +
  'is as without it. Payments are what the member pays. The operator can set an integration to get plain numbers as amounts.'

export const postSignupPreview = operation({
  operationId: 'postSignupPreview',
  method: 'POST',
  path: '/v1/memberships/signup/preview',
  ...looking,
  summary: 'Ask what a membership of a new customer would cost',
  description: `Of the person only the date of birth counts. ${asIf}`,
  body: SignupRequest,
  response: SignupPreview,
  errors: {
    400: [...orderRefusals, 'errormessage.validation.mustNotBeFuture', 'errormessage.validation.min'],
    404: ['errormessage.studio.notFound'],
  },
})

export const postMembershipPreview = operation({
  operationId: 'postMembershipPreview',
  method: 'POST',
  path: '/v1/memberships/customers/{customerId}/add-membership/preview',
  ...looking,
  summary: 'Ask what a further membership of a customer would cost',
  description: `The date of birth is the stored one; without it no price depends on the age. ${asIf}`,
  params: Type.Object({ customerId: pathId('customer', 'A customer of the studio.') }),
  body: AddedContract,
  response: SignupPreview,
  errors: { 400: orderRefusals, 404: ['errormessage.studio.notFound'] },
})

/** What signing refuses beyond a preview, in the order of the rules. */
const signingRefusals = [
  'errormessage.membership.employeeNotFound',
  'errormessage.membership.referralCodeInvalid',
  'errormessage.voucher.invalidCode',
  'errormessage.membership.signatureMissing',
  'errormessage.signature.invalid',
  'errormessage.membership.paymentChoiceNotAllowed',
  'errormessage.membership.initialPaymentMissing',
  ...paymentRefusals,
] as const satisfies readonly ErrorCode[]

/** What partners may learn when a contract is signed. */
const emits = [
  'CONTRACT_CREATED',
  'CUSTOMER_CHECKIN_STUDIOS_UPDATED',
  'CONTRACT_ADDITIONAL_MODULE_CREATED',
  'CUSTOMER_UPDATED',
] as const satisfies readonly EventType[]

const signed =
  'The id of the contract is in the header `X-Contract-Id`. The rules are those of the preview, in the same order; then what ' +
  'only signing needs is judged: employee, referral, voucher, signatures, payment. What is due on signing is paid by ' +
  '`initialPaymentRequestToken`. Nothing is stored in part: a refused call leaves no customer, no redemption and no used token.'

export const signupMembership = operation({
  operationId: 'signupMembership',
  shed: 'CRITICAL',
  method: 'POST',
  path: '/v1/memberships/signup',
  tag,
  scopes: ['MEMBERSHIP_WRITE'],
  summary: 'Sign a membership as a new customer',
  description: `Without \`paymentRequestToken\` the customer pays in cash, which the offer must take. ${signed}`,
  body: SignupRequest,
  response: SignupResult,
  emits: ['CUSTOMER_CREATED', ...emits],
  errors: {
    400: [...orderRefusals, ...creationCodes, ...signingRefusals],
    404: ['errormessage.studio.notFound'],
    409: ['errormessage.customer.duplicate', 'errormessage.customer.thirdPartyIdInUse'],
    503: paymentSilences,
  },
})

export const addMembership = operation({
  operationId: 'addMembership',
  method: 'POST',
  path: '/v1/memberships/customers/{customerId}/add-membership',
  tag,
  scopes: ['MEMBERSHIP_WRITE'],
  summary: 'Sign a further membership of a customer',
  description: `The payment may be lower by the credit of the account, which then settles the rest. ${signed}`,
  params: Type.Object({ customerId: pathId('customer', 'A customer of the studio.') }),
  body: AddedMembership,
  emits,
  errors: {
    400: [...orderRefusals, ...signingRefusals],
    404: ['errormessage.studio.notFound'],
    503: paymentSilences,
  },
})
