import { Type } from 'typebox'
import { SignupPreview } from '../membership-offers/api.ts'
import type { ErrorCode } from '../platform/errors/error-code.ts'
import { operation } from '../platform/api/operation.ts'
import { pathId } from '../platform/api/schema.ts'
import { AddedContract, SignupRequest } from './api-schemas.ts'

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
  'Nothing is stored, and the voucher is not used. A code that does not count is told in `voucherErrorCode`; then all else ' +
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
