import { Type } from 'typebox'
import { choice, date, id, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

const tag = 'Contracts'
const change = ['contracts.change'] as const
const params = Type.Object({ moduleContractId: id('The module contract.') })
const states = ['PENDING', 'EFFECTIVE', 'WITHDRAWAL_PENDING', 'WITHDRAWN', 'REJECTED'] as const
const answer = Type.Object({
  moduleContractId: id('The module contract.'),
  state: choice(states, 'What has become of the cancelation.'),
})

export const listModuleCancelations = staffOperation({
  operationId: 'adminListModuleCancelations',
  method: 'GET',
  path: '/admin/v1/module-cancelations',
  tag,
  summary: 'cancelations of modules, and withdrawals of them, that wait for the staff of a studio',
  permissions: ['contracts.read'],
  body: Type.Object({ studioId: id('the studio') }),
  answer: list(
    Type.Object({
      moduleContractId: id('The module contract.'),
      contractId: id('Its main contract.'),
      customerId: id('The customer.'),
      name: text('Name of the module.'),
      state: choice(states, 'PENDING: the module is to end; WITHDRAWAL_PENDING: it is to go on.'),
      receiptDate: date('Day on which the cancelation was received.'),
      toDate: date('The last day that is wished.'),
      reason: text('Why, as worded then.'),
    }),
    'Longest waiting first.',
  ),
  cli: { name: 'contract list-module-cancelations', options: { studioId: '--studio <id>' } },
})

export const acceptModuleCancelation = staffOperation({
  operationId: 'adminAcceptModuleCancelation',
  method: 'POST',
  path: '/admin/v1/module-contracts/{moduleContractId}/cancelation/accept',
  tag,
  summary: 'let the cancelation of a module, or its withdrawal, come true',
  permissions: change,
  params,
  answer,
  cli: { name: 'contract accept-module-cancelation' },
})

export const rejectModuleCancelation = staffOperation({
  operationId: 'adminRejectModuleCancelation',
  method: 'POST',
  path: '/admin/v1/module-contracts/{moduleContractId}/cancelation/reject',
  tag,
  summary: 'turn the cancelation of a module, or its withdrawal, down',
  permissions: change,
  params,
  body: Type.Object({ note: Type.Optional(text('why, for the audit log')) }),
  answer,
  cli: { name: 'contract reject-module-cancelation', options: { note: '--note <text>' } },
})

export const cancelModule = staffOperation({
  operationId: 'adminCancelModule',
  method: 'POST',
  path: '/admin/v1/module-contracts/{moduleContractId}/cancel',
  tag,
  summary: 'cancel a module, whatever members may do themselves; its contract goes on',
  permissions: change,
  params,
  body: Type.Object({
    toDate: date('last day; an ordinary one to a day that could be chosen on receipt'),
    reasonId: id('why'),
    receiptDate: Type.Optional(date('day on which it was received; left out: today')),
    kind: choice(['ORDINARY', 'EXTRAORDINARY'], 'EXTRAORDINARY: to any day of the module', { default: 'ORDINARY' }),
    origin: choice(['CUSTOMER', 'STUDIO'], 'who wants it; what a customer wants the customer can take back', {
      default: 'STUDIO',
    }),
  }),
  answer,
  cli: {
    name: 'contract cancel-module',
    options: {
      toDate: '--to <date>',
      reasonId: '--reason <id>',
      receiptDate: '--received <date>',
      kind: '--kind <kind>',
      origin: '--origin <origin>',
    },
  },
})

export const withdrawModuleCancelation = staffOperation({
  operationId: 'adminWithdrawModuleCancelation',
  method: 'POST',
  path: '/admin/v1/module-contracts/{moduleContractId}/cancelation/withdraw',
  tag,
  summary: 'take the cancelation of a module back, of the customer or of the studio: the module goes on',
  permissions: change,
  params,
  body: Type.Object({ reason: text('why, for the audit log', { minLength: 1, maxLength: 200 }) }),
  answer,
  cli: { name: 'contract withdraw-module-cancelation', options: { reason: '--reason <text>' } },
})
