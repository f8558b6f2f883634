import { Type } from 'typebox'
import { dateTime, flag, id, list, text } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'

export const changeBookingTerms = staffOperation({
  operationId: 'adminChangeBookingTerms',
  method: 'PATCH',
  path: '/admin/v1/customers/{customerId}/booking-terms',
  tag: 'Customers',
  summary: 'set the member codes of a customer, or keep a customer from booking',
  permissions: ['customers.write'],
  params: Type.Object({ customerId: id('The customer.') }),
  body: Type.Object({
    memberCodes: Type.Optional(
      list(text('A code.', { maxLength: 60 }), 'codes that booking rules ask for; "" for none'),
    ),
    blockReason: Type.Optional(text('may not book, for this reason', { minLength: 1, maxLength: 255 })),
    blockUntil: Type.Optional(dateTime('until then; left out: until it is lifted')),
    unblock: Type.Optional(flag('may book again')),
  }),
  answer: Type.Object({ customerId: id('The customer.') }),
  cli: {
    name: 'customer booking-terms',
    options: {
      memberCodes: '--codes <list>',
      blockReason: '--block <reason>',
      blockUntil: '--until <time>',
      unblock: '--unblock',
    },
  },
})
