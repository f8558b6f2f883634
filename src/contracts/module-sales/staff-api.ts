import { Type } from 'typebox'
import { flag, id } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

export const sellModule = staffOperation({
  operationId: 'adminSellModule',
  method: 'POST',
  path: '/admin/v1/contracts/{contractId}/modules',
  tag: 'Contracts',
  summary: 'sell a module to a contract, also one that members cannot buy themselves',
  permissions: ['contracts.sell'],
  params: Type.Object({ contractId: id('The contract.') }),
  body: Type.Object({
    moduleId: id('the module'),
    paymentFrequencyId: id('which of its prices'),
    withTrial: Type.Optional(flag('with its trial, which each customer has once')),
  }),
  answer: Type.Object({ moduleContractId: id('The module contract.') }),
  cli: {
    name: 'contract sell-module',
    arguments: ['contractId', 'moduleId'],
    options: { paymentFrequencyId: '--price <id>', withTrial: '--with-trial' },
  },
})
