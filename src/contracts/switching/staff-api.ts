import { Type } from 'typebox'
import { id } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { Sale } from '../signing/sold.ts'
import { saleFields, saleOptions } from '../signing/staff-api.ts'

export const switchContract = staffOperation({
  operationId: 'adminSwitchContract',
  method: 'POST',
  path: '/admin/v1/contracts/{contractId}/switch',
  tag: 'Contracts',
  summary: 'let a customer go over to another membership; a dry run shows what it would cost',
  permissions: ['contracts.sell'],
  params: Type.Object({ contractId: id('The contract that ends.') }),
  body: Type.Object({
    membershipOfferTermId: id('the term of an offer to which the way leads'),
    configId: id('the way, one of membership-switch list'),
    ...saleFields,
    studioId: Type.Optional(id('where the customer switches; left out: the home studio')),
  }),
  answer: Sale,
  cli: {
    name: 'contract switch',
    arguments: ['contractId', 'membershipOfferTermId'],
    options: { ...saleOptions, configId: '--way <id>', studioId: '--studio <id>' },
  },
})
