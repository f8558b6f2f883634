import { Type } from 'typebox'
import { flag, id, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

const optional = Type.Optional

export const changeContract = staffOperation({
  operationId: 'adminChangeContract',
  method: 'PATCH',
  path: '/admin/v1/contracts/{contractId}',
  tag: 'Contracts',
  summary: 'change the notes on a contract, and where it lets its member in; what is left out stays',
  permissions: ['contracts.change'],
  params: Type.Object({ contractId: id('The contract.') }),
  body: Type.Object({
    notes: optional(text('for the staff; empty: none', { maxLength: 5000 })),
    checkinStudioIds: optional(
      list(id('A studio.'), 'the studios that it opens', { minItems: 1, maxItems: 1000, uniqueItems: true }),
    ),
    checkinEverywhere: optional(flag('it opens all studios')),
  }),
  answer: Type.Object({ contractId: id('The contract.') }),
  cli: {
    name: 'contract change',
    options: { checkinStudioIds: '--checkin-studios <ids>', checkinEverywhere: '--checkin-everywhere' },
  },
})
