import { Type } from 'typebox'
import { choice, flag, id, text } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'
import { CustomerAddressData } from './api.ts'
import { amendmentKinds } from './tables.ts'

export const replaceAddress = staffOperation({
  operationId: 'adminReplaceCustomerAddress',
  method: 'PUT',
  path: '/admin/v1/customers/{customerId}/address',
  tag: 'Customers',
  summary: 'replace the address of a customer as a whole, as createCustomerAddressDataAmendment of the API takes it',
  permissions: ['customers.write'],
  params: Type.Object({ customerId: id('The customer.') }),
  body: CustomerAddressData,
  answer: Type.Object({ customerId: id('The customer.') }),
  cli: { name: 'customer set-address', isFromFile: true },
})

const params = Type.Object({ amendmentId: id('The wish.') })
const decided = Type.Object({
  amendmentId: id('The wish.'),
  status: choice(['ACCEPTED', 'REJECTED'], 'What has become of it.'),
})

export const acceptAmendment = staffOperation({
  operationId: 'adminAcceptAmendment',
  method: 'POST',
  path: '/admin/v1/amendments/{amendmentId}/accept',
  tag: 'Customers',
  summary: 'let a wish come true',
  permissions: ['customers.write'],
  overrides: { rules: ['CONFLICT'], permission: 'customers.override' },
  params,
  answer: decided,
  cli: {
    name: 'amendment accept',
    breaks: { flag: '--force', description: 'also when the same data was changed meanwhile' },
  },
})

export const rejectAmendment = staffOperation({
  operationId: 'adminRejectAmendment',
  method: 'POST',
  path: '/admin/v1/amendments/{amendmentId}/reject',
  tag: 'Customers',
  summary: 'turn a wish down',
  permissions: ['customers.write'],
  params,
  body: Type.Object({ reason: text('shown to the customer') }),
  answer: decided,
  cli: { name: 'amendment reject', options: { reason: '--reason <text>' } },
})

const mode = {
  studioId: id('the studio'),
  kind: choice(amendmentKinds, 'what customers want to change'),
  mode: choice(
    ['READ', 'CHANGES_REQUIRE_VERIFICATION', 'CHANGES_WITHOUT_VERIFICATION'],
    'not, after the staff, or at once',
  ),
  requireSignature: flag('PAYMENT_DATA only: with a signature', { default: false }),
}

export const configureAmendments = staffOperation({
  operationId: 'adminConfigureAmendments',
  method: 'PUT',
  path: '/admin/v1/amendment-modes',
  tag: 'Customers',
  summary: 'say what customers of a studio may change by themselves',
  permissions: ['settings.edit'],
  body: Type.Object(mode),
  answer: Type.Object(mode),
  cli: {
    name: 'amendment configure',
    arguments: ['kind', 'mode'],
    options: { studioId: '--studio <id>', requireSignature: '--require-signature' },
  },
})
