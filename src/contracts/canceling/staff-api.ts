import { Type } from 'typebox'
import { choice, date, flag, id, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

const tag = 'Contracts'
const change = ['contracts.change'] as const
const optional = Type.Optional
const params = Type.Object({ contractId: id('The contract.') })
const states = ['PENDING', 'EFFECTIVE', 'WITHDRAWAL_PENDING', 'WITHDRAWN', 'REJECTED'] as const
const answer = Type.Object({
  contractId: id('The contract.'),
  state: choice(states, 'What has become of the cancelation.'),
  contractEnd: date('The end of the contract as it is now.'),
})

export const cancelContract = staffOperation({
  operationId: 'adminCancelContract',
  method: 'POST',
  path: '/admin/v1/contracts/{contractId}/cancel',
  tag,
  summary: 'cancel a contract, whatever members may do themselves',
  permissions: change,
  params,
  body: Type.Object({
    toDate: date('last day; an ordinary one to a day that could be chosen on receipt'),
    reasonId: id('why'),
    receiptDate: optional(date('day on which it was received; left out: today')),
    kind: choice(
      ['ORDINARY', 'EXTRAORDINARY', 'DUNNING'],
      'EXTRAORDINARY, DUNNING (for default): to any day of the contract',
      {
        default: 'ORDINARY',
      },
    ),
    origin: choice(['CUSTOMER', 'STUDIO'], 'who wants it; what a customer wants the customer can take back', {
      default: 'STUDIO',
    }),
    residualClaims: optional(flag('for default: what was agreed beyond, up to the end as it is now, is due at once')),
    handOver: optional(flag('for default: what is due goes to the agency of the studio')),
  }),
  answer,
  cli: {
    name: 'contract cancel',
    options: {
      toDate: '--to <date>',
      reasonId: '--reason <id>',
      receiptDate: '--received <date>',
      kind: '--kind <kind>',
      origin: '--origin <origin>',
      residualClaims: '--residual-claims',
      handOver: '--hand-over',
    },
  },
})

export const listCancelations = staffOperation({
  operationId: 'adminListCancelations',
  method: 'GET',
  path: '/admin/v1/contract-cancelations',
  tag,
  summary: 'cancelations, and withdrawals of cancelations, that wait for the staff of a studio',
  permissions: ['contracts.read'],
  body: Type.Object({ studioId: id('the studio') }),
  answer: list(
    Type.Object({
      contractId: id('The contract.'),
      customerId: id('The customer.'),
      state: choice(['PENDING', 'WITHDRAWAL_PENDING'], 'Whether the contract is to end or to go on.'),
      receiptDate: date('Day on which the cancelation was received.'),
      toDate: date('The last day that is wished.'),
      reason: text('Why, as worded then.'),
      contractEnd: date('The end of the contract as it is now.'),
    }),
    'Longest waiting first.',
  ),
  cli: { name: 'contract list-cancelations', options: { studioId: '--studio <id>' } },
})

export const acceptCancelation = staffOperation({
  operationId: 'adminAcceptCancelation',
  method: 'POST',
  path: '/admin/v1/contracts/{contractId}/cancelation/accept',
  tag,
  summary: 'let the cancelation of a contract, or its withdrawal, come true',
  permissions: change,
  params,
  answer,
  cli: { name: 'contract accept-cancelation' },
})

export const rejectCancelation = staffOperation({
  operationId: 'adminRejectCancelation',
  method: 'POST',
  path: '/admin/v1/contracts/{contractId}/cancelation/reject',
  tag,
  summary: 'turn the cancelation of a contract, or its withdrawal, down',
  permissions: change,
  params,
  body: Type.Object({ note: optional(text('why, for the audit log')) }),
  answer,
  cli: { name: 'contract reject-cancelation', options: { note: '--note <text>' } },
})

export const withdrawCancelation = staffOperation({
  operationId: 'adminWithdrawCancelation',
  method: 'POST',
  path: '/admin/v1/contracts/{contractId}/cancelation/withdraw',
  tag,
  summary: 'take the cancelation of a contract back, of the customer or of the studio: the contract goes on',
  permissions: change,
  params,
  body: Type.Object({ reason: text('why, for the audit log', { minLength: 1, maxLength: 200 }) }),
  answer,
  cli: { name: 'contract withdraw-cancelation', options: { reason: '--reason <text>' } },
})
