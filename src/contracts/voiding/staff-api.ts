import { Type } from 'typebox'
import { flag, id, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

const tag = 'Contracts'
const reason = text('why, as partners and staff read it', { minLength: 1, maxLength: 200 })

export const voidContract = staffOperation({
  operationId: 'adminVoidContract',
  method: 'POST',
  path: '/admin/v1/contracts/{contractId}/void',
  tag,
  summary: 'take the signing of a contract back: all that it was to cost is given back, and its modules end',
  permissions: ['contracts.exceptional'],
  overrides: { rules: ['WITHDRAWAL_PERIOD'], permission: 'contracts.exceptional' },
  params: Type.Object({ contractId: id('The contract.') }),
  body: Type.Object({
    reason,
    chargeUsedDays: Type.Optional(flag('the days that were used are charged; left out: as the studio has set')),
  }),
  answer: Type.Object({
    contractId: id('The contract.'),
    customerId: id('The customer.'),
    credited: text('What the member gets back of what was booked, in the currency of the contract.'),
    voucherCreditTakenBack: Type.Optional(text('Credit that its voucher had given, and that is taken back.')),
  }),
  cli: {
    name: 'contract void',
    options: { reason: '--reason <text>', chargeUsedDays: '--[no-]charge-used-days' },
    breaks: { flag: '--late', description: 'also after the days that the studio grants' },
  },
})

export const voidModuleContract = staffOperation({
  operationId: 'adminVoidModuleContract',
  method: 'POST',
  path: '/admin/v1/module-contracts/{moduleContractId}/void',
  tag,
  summary: 'take the sale of a module back: what it has charged is given back, and its contract goes on without it',
  permissions: ['contracts.exceptional'],
  params: Type.Object({ moduleContractId: id('The module contract.') }),
  body: Type.Object({ reason }),
  answer: Type.Object({ moduleContractId: id('The module contract.'), contractId: id('Its main contract.') }),
  cli: { name: 'contract void-module', options: { reason: '--reason <text>' } },
})
