import { Type } from 'typebox'
import { choice, date, flag, id, int32, list, text } from '../platform/api/schema.ts'
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

export const listEntitlements = staffOperation({
  operationId: 'adminListEntitlements',
  method: 'GET',
  path: '/admin/v1/customers/{customerId}/entitlements',
  tag: 'Customers',
  summary: 'list what a customer may use how often, by contracts and from the staff, past ones too',
  permissions: ['contracts.read'],
  params: Type.Object({ customerId: id('The customer.') }),
  answer: Type.Object({
    entitlements: list(
      Type.Object({
        entitlementId: id('The entitlement.'),
        source: choice(['RATE', 'MODULE', 'GRANT', 'PACKAGE'], 'By a contract, or from the staff.'),
        contractId: optional(id('The contract from which it follows.')),
        service: text('Name of the service.'),
        quantity: optional(int32('Uses, in each period where it has some; without limit where it is left out.')),
        used: int32('Uses that are reserved or made.'),
        from: date('First day.'),
        to: optional(date('Last day.')),
      }),
      'By the first day.',
    ),
  }),
  cli: { name: 'customer entitlements' },
})

export const endEntitlement = staffOperation({
  operationId: 'adminEndEntitlement',
  method: 'POST',
  path: '/admin/v1/entitlements/{entitlementId}/end',
  tag: 'Customers',
  summary: 'end what staff have given a customer; what is booked stays',
  permissions: ['contracts.sell'],
  params: Type.Object({ entitlementId: id('One that came from the staff.') }),
  body: Type.Object({ lastDay: optional(date('left out: it counts no more from now on')) }),
  answer: Type.Object({ entitlementId: id('The entitlement.') }),
  cli: { name: 'customer end-grant', options: { lastDay: '--on <date>' } },
})
