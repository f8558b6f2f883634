import { Type } from 'typebox'
import { id } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'
import { CustomerAddressData } from './api.ts'

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
