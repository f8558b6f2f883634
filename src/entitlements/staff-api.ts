import { Type } from 'typebox'
import { choice, date, flag, id, int32 } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'

const optional = Type.Optional

export const grantEntitlement = staffOperation({
  operationId: 'adminGrantEntitlement',
  method: 'POST',
  path: '/admin/v1/customers/{customerId}/entitlements',
  tag: 'Customers',
  summary: 'give a customer uses of a service, independent of any contract',
  permissions: ['contracts.sell'],
  params: Type.Object({ customerId: id('The customer.') }),
  body: Type.Object({
    serviceId: id('the service'),
    studioId: id('where it counts'),
    source: choice(['GRANT', 'PACKAGE'], 'a gift, or a package that was bought', { default: 'GRANT' }),
    quantity: optional(int32('uses; left out: without limit', { minimum: 1 })),
    from: optional(date('first day; left out: today')),
    to: optional(date('last day')),
    crossStudio: optional(flag('counts in all studios')),
  }),
  answer: Type.Object({ entitlementId: id('The entitlement.') }),
  cli: {
    name: 'customer grant',
    arguments: ['customerId', 'serviceId'],
    options: {
      studioId: '--studio <id>',
      source: '--as <source>',
      quantity: '--quantity <n>',
      from: '--from <date>',
      to: '--to <date>',
      crossStudio: '--cross-studio',
    },
  },
})
