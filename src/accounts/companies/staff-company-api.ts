import { Type } from 'typebox'
import { choice, date, id, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

const tag = 'Money'
const optional = Type.Optional
const params = Type.Object({ companyId: id('The company.') })
const entryAnswer = Type.Object({ entryId: id('The entry of the journal.') })

export const listCompanyClaims = staffOperation({
  operationId: 'adminListCompanyClaims',
  method: 'GET',
  path: '/admin/v1/companies/{companyId}/claims',
  tag,
  summary: 'list what a company owes for the memberships of its people, and credit notes of it',
  permissions: ['accounting.read'],
  params,
  answer: Type.Object({
    claims: list(
      Type.Object({
        claimId: id('The charge.'),
        customerId: id('Whose membership it is for.'),
        contractId: optional(id('The contract.')),
        studioId: id('Where it arose.'),
        dueDate: date('When it fell due.'),
        description: text('In words.'),
        amount: text('All of it; a credit note is below zero.'),
        open: text('What is open of it.'),
        currency: text('ISO 4217.'),
      }),
      'By due date.',
    ),
  }),
  cli: { name: 'account company-claims' },
})

export const payCompanyClaims = staffOperation({
  operationId: 'adminPayCompanyClaims',
  method: 'POST',
  path: '/admin/v1/companies/{companyId}/payments',
  tag,
  summary: 'book money that a company has paid for the memberships of its people',
  permissions: ['money.take'],
  params,
  body: Type.Object({
    amount: text('in the currency of the books, for instance 120.00'),
    studioId: id('where it arrived: the books of its legal entity are paid'),
    method: choice(['CASH', 'BANK_TRANSFER'], 'how it arrived', { default: 'BANK_TRANSFER' }),
    description: text('what bookkeeping reads', { minLength: 1, maxLength: 200 }),
    claimIds: optional(list(id('A charge.'), 'only these; left out: all, the oldest first', { minItems: 1 })),
    valueDate: optional(date('when the money arrived; left out: today')),
  }),
  answer: entryAnswer,
  cli: {
    name: 'account company-pay',
    arguments: ['companyId', 'amount'],
    options: {
      studioId: '--studio <id>',
      method: '--by <method>',
      claimIds: '--claims <ids>',
      valueDate: '--arrived <date>',
    },
  },
})

export const reverseCompanyPayment = staffOperation({
  operationId: 'adminReverseCompanyPayment',
  method: 'POST',
  path: '/admin/v1/company-payments/{entryId}/reverse',
  tag,
  summary: 'take a payment of a company back: what it settled is open again',
  permissions: ['money.post'],
  params: Type.Object({ entryId: id('The entry of the journal.') }),
  body: Type.Object({ description: text('what bookkeeping reads', { minLength: 1, maxLength: 200 }) }),
  answer: entryAnswer,
  cli: { name: 'account company-reverse' },
})
