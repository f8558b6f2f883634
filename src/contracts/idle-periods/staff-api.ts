import { Type } from 'typebox'
import { choice, date, flag, id, int32, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

const tag = 'Contracts'
const read = ['contracts.read'] as const
const write = ['contracts.change'] as const
const optional = Type.Optional
const byPeriod = Type.Object({ idlePeriodId: id('The idle period.') })
const answer = Type.Object({ idlePeriodId: id('The idle period.'), state: text('What has become of it.') })

const IdleDays = Type.Object({
  startDate: date('First day.'),
  endDate: optional(date('Last day; left out: without end.')),
  reason: text('Why.'),
  documentId: optional(id('The file that came with it.')),
})

const StaffIdlePeriod = Type.Object({
  idlePeriodId: id('The idle period.'),
  contractId: id('The contract.'),
  customerId: id('The customer.'),
  state: choice(['PENDING_VERIFICATION', 'ACCEPTED'], 'Whether it waits.'),
  now: IdleDays,
  wished: optional(IdleDays),
  fee: text('What it costs, in the currency of the contract; with the change where one waits.'),
  contractEnd: date('The end of the contract as it is now.'),
})

export const listIdlePeriods = staffOperation({
  operationId: 'adminListIdlePeriods',
  method: 'GET',
  path: '/admin/v1/idle-periods',
  tag,
  summary: 'pauses of a contract, or what waits for the staff of a studio',
  permissions: read,
  body: Type.Object({
    contractId: optional(id('pauses of this contract')),
    studioId: optional(id('what waits in this studio')),
  }),
  answer: list(StaffIdlePeriod, 'By their first day.'),
  cli: { name: 'idle-period list', options: { contractId: '--contract <id>', studioId: '--studio <id>' } },
})

export const createIdlePeriod = staffOperation({
  operationId: 'adminCreateIdlePeriod',
  method: 'POST',
  path: '/admin/v1/contracts/{contractId}/idle-periods',
  tag,
  summary: 'pause a contract by hand, whatever members may do',
  permissions: write,
  params: Type.Object({ contractId: id('The contract.') }),
  body: Type.Object({
    startDate: date('first day'),
    termValue: optional(int32('how many units of its rules; left out: without end', { minimum: 1 })),
    reasonId: id('why'),
  }),
  answer,
  cli: {
    name: 'idle-period create',
    options: { startDate: '--from <date>', termValue: '--units <number>', reasonId: '--reason <id>' },
  },
})

export const changeIdlePeriod = staffOperation({
  operationId: 'adminChangeIdlePeriod',
  method: 'PATCH',
  path: '/admin/v1/idle-periods/{idlePeriodId}',
  tag,
  summary: 'shorten, lengthen or move a pause that was accepted, at any time; what is left out stays',
  permissions: write,
  params: byPeriod,
  body: Type.Object({
    startDate: optional(date('first day')),
    endDate: optional(date('last day')),
    termValue: optional(int32('how many units of its rules, in the place of a last day', { minimum: 1 })),
    unlimited: optional(flag('without end')),
    reasonId: optional(id('why')),
  }),
  answer,
  cli: {
    name: 'idle-period change',
    options: {
      startDate: '--from <date>',
      endDate: '--to <date>',
      termValue: '--units <number>',
      unlimited: '--endless',
      reasonId: '--reason <id>',
    },
  },
})

export const acceptIdlePeriod = staffOperation({
  operationId: 'adminAcceptIdlePeriod',
  method: 'POST',
  path: '/admin/v1/idle-periods/{idlePeriodId}/accept',
  tag,
  summary: 'let a pause, or the change of one, come true',
  permissions: write,
  params: byPeriod,
  answer,
  cli: { name: 'idle-period accept' },
})

export const rejectIdlePeriod = staffOperation({
  operationId: 'adminRejectIdlePeriod',
  method: 'POST',
  path: '/admin/v1/idle-periods/{idlePeriodId}/reject',
  tag,
  summary: 'turn a pause, or the change of one, down',
  permissions: write,
  params: byPeriod,
  body: Type.Object({ note: optional(text('kept in the audit log')) }),
  answer,
  cli: { name: 'idle-period reject', options: { note: '--note <text>' } },
})

export const withdrawIdlePeriod = staffOperation({
  operationId: 'adminWithdrawIdlePeriod',
  method: 'DELETE',
  path: '/admin/v1/idle-periods/{idlePeriodId}',
  tag,
  summary: 'take back a pause that was accepted, at any time',
  permissions: write,
  params: byPeriod,
  answer,
  cli: { name: 'idle-period withdraw' },
})
