import { Type } from 'typebox'
import { choice, date, flag, id, list, text } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'

const tag = 'Money'
const post = ['money.post'] as const
const take = ['money.take'] as const
const refund = ['money.refund'] as const
const optional = Type.Optional

/** What staff take and give by hand; everything else is collected by runs. */
const deskMethods = ['CASH', 'BANK_TRANSFER', 'CREDIT_CARD'] as const

const amount = text('in the currency of the books, for instance 12.50')
const part = optional(text('a part, for instance 12.50; left out: all of it'))
const reason = text('what customers and bookkeeping read')
const method = choice(deskMethods, 'how the money moves')
const studioId = optional(id('where it happens; left out: the home studio'))
const claimIds = optional(list(id('A claim.'), 'claims that are settled first'))
const entryAnswer = Type.Object({ entryId: id('The entry of the journal.') })
const claimParams = Type.Object({ claimId: id('The claim.') })
const paymentParams = Type.Object({ paymentId: id('The payment.') })
const customerParams = Type.Object({ customerId: id('The customer.') })
const options = { studioId: '--studio <id>', method: '--by <method>' }

/** An amount that changes hands, and how. */
const moneyMoved = Type.Object({ amount, method, description: reason, studioId })

export const createClaim = staffOperation({
  operationId: 'adminCreateClaim',
  method: 'POST',
  path: '/admin/v1/claims',
  tag,
  summary: 'charge a customer by hand',
  permissions: post,
  body: Type.Object({
    customerId: id('the customer'),
    amount,
    description: reason,
    dueDate: optional(date('left out: today')),
    serviceFrom: optional(date('first day that it pays for')),
    serviceTo: optional(date('last day that it pays for')),
    taxCodeId: optional(id('left out: the usual tax')),
    isSale: optional(flag('it was sold, for instance at the desk')),
    studioId,
  }),
  answer: Type.Object({ claimId: id('The claim.') }),
  cli: {
    name: 'account charge',
    arguments: ['customerId', 'amount'],
    options: {
      ...options,
      dueDate: '--due <date>',
      serviceFrom: '--from <date>',
      serviceTo: '--to <date>',
      taxCodeId: '--tax <id>',
      isSale: '--sale',
    },
  },
})

export const creditClaim = staffOperation({
  operationId: 'adminCreditClaim',
  method: 'POST',
  path: '/admin/v1/claims/{claimId}/credit-note',
  tag,
  summary: 'take a charge back, as a whole or in part',
  permissions: post,
  params: claimParams,
  body: Type.Object({ amount: part, description: optional(reason) }),
  answer: Type.Object({ claimId: id('The credit note.') }),
  cli: { name: 'account credit-note' },
})

export const writeOffClaim = staffOperation({
  operationId: 'adminWriteOffClaim',
  method: 'POST',
  path: '/admin/v1/claims/{claimId}/write-off',
  tag,
  summary: 'give up what is open of a charge',
  permissions: refund,
  params: claimParams,
  body: Type.Object({ amount: part, description: optional(reason) }),
  answer: entryAnswer,
  cli: { name: 'account write-off' },
})

export const planInstallments = staffOperation({
  operationId: 'adminPlanInstallments',
  method: 'POST',
  path: '/admin/v1/claims/installment-plan',
  tag,
  summary: 'let a customer pay what is open of charges in parts',
  permissions: post,
  body: Type.Object({
    customerId: id('the customer'),
    claimIds: list(id('A claim.'), 'the charges', { minItems: 1 }),
    dueDates: list(date('When a part falls due.'), 'a date for each part', { minItems: 2 }),
    description: reason,
  }),
  answer: Type.Object({ claimIds: list(id('A claim.'), 'The parts.') }),
  cli: {
    name: 'account installments',
    arguments: ['customerId'],
    options: { claimIds: '--claims <ids>', dueDates: '--due <dates>' },
  },
})

export const createPayment = staffOperation({
  operationId: 'adminCreatePayment',
  method: 'POST',
  path: '/admin/v1/payments',
  tag,
  summary: 'book money that a customer has paid',
  permissions: take,
  body: Type.Object({
    customerId: id('the customer'),
    amount,
    method,
    description: reason,
    claimIds,
    valueDate: optional(date('when the money arrived; left out: today')),
    studioId,
  }),
  answer: Type.Object({ paymentId: id('The payment.') }),
  cli: {
    name: 'account pay',
    arguments: ['customerId', 'amount'],
    options: { ...options, claimIds: '--claims <ids>', valueDate: '--arrived <date>' },
  },
})

export const reversePayment = staffOperation({
  operationId: 'adminReversePayment',
  method: 'POST',
  path: '/admin/v1/payments/{paymentId}/reverse',
  tag,
  summary: 'take a payment back: what it settled is open again',
  permissions: post,
  params: paymentParams,
  body: Type.Object({
    kind: choice(['RETURN', 'CHARGEBACK', 'PAYMENT_CORRECTION'], 'by the bank, the card scheme, or booked by mistake', {
      default: 'PAYMENT_CORRECTION',
    }),
    description: reason,
  }),
  answer: entryAnswer,
  cli: { name: 'account reverse-payment' },
})

export const reallocatePayment = staffOperation({
  operationId: 'adminReallocatePayment',
  method: 'POST',
  path: '/admin/v1/payments/{paymentId}/reallocate',
  tag,
  summary: 'let a payment settle other charges first',
  permissions: post,
  params: paymentParams,
  body: Type.Object({ claimIds: list(id('A claim.'), 'the charges', { minItems: 1 }) }),
  answer: Type.Object({ paymentId: id('The payment.') }),
  cli: { name: 'account reallocate', options: { claimIds: '--claims <ids>' } },
})

export const refundCredit = staffOperation({
  operationId: 'adminRefundCredit',
  method: 'POST',
  path: '/admin/v1/customers/{customerId}/account/refund',
  tag,
  summary: 'pay credit of the account out',
  permissions: refund,
  params: customerParams,
  body: moneyMoved,
  answer: entryAnswer,
  cli: { name: 'account refund', arguments: ['customerId', 'amount'], options },
})

export const topUpCredit = staffOperation({
  operationId: 'adminTopUpCredit',
  method: 'POST',
  path: '/admin/v1/customers/{customerId}/consumption-credit/top-up',
  tag,
  summary: 'book prepaid credit that a customer has paid for',
  permissions: take,
  params: customerParams,
  body: moneyMoved,
  answer: entryAnswer,
  cli: { name: 'account top-up', arguments: ['customerId', 'amount'], options },
})

export const payOutCredit = staffOperation({
  operationId: 'adminPayOutCredit',
  method: 'POST',
  path: '/admin/v1/customers/{customerId}/consumption-credit/pay-out',
  tag,
  summary: 'pay prepaid credit out',
  permissions: refund,
  params: customerParams,
  body: moneyMoved,
  answer: entryAnswer,
  cli: { name: 'account pay-out', arguments: ['customerId', 'amount'], options },
})

export const correctCredit = staffOperation({
  operationId: 'adminCorrectCredit',
  method: 'POST',
  path: '/admin/v1/journal/{entryId}/reverse',
  tag,
  summary: 'undo a top-up, a use or a pay-out of prepaid credit',
  permissions: post,
  params: Type.Object({ entryId: id('The entry of the journal.') }),
  body: Type.Object({ description: reason }),
  answer: entryAnswer,
  cli: { name: 'account correct-credit' },
})

export * from './legal-entities/staff-legal-entity-api.ts'
export * from './billing/staff-billing-api.ts'
export * from './dunning/staff-dunning-api.ts'
export * from './journal/staff-journal-api.ts'
export * from './companies/staff-company-api.ts'
