import { Type } from 'typebox'
import { date, flag, id, int32, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

const tag = 'Money'
const optional = Type.Optional
const read = ['accounting.read'] as const
const write = ['accounting.write'] as const
const amount = (meaning: string) => text(`${meaning}, in the currency of the studio, for instance 5.00`)
const studio = Type.Object({ studioId: id('the studio') })
const studioOption = { studioId: '--studio <id>' }

export const listDunningLevels = staffOperation({
  operationId: 'adminListDunningLevels',
  method: 'GET',
  path: '/admin/v1/dunning-levels',
  tag,
  summary: 'list the stages of reminders of a studio; the first night gives it three',
  permissions: read,
  body: studio,
  answer: Type.Object({
    levels: list(
      Type.Object({
        levelId: id('The level.'),
        no: int32('Its position, from 1 upward.'),
        name: text('As customers read it.'),
        daysOverdue: int32('Days that the oldest claim must be overdue.'),
        pauseDays: int32('Days since the level before.'),
        minOpen: text('What must be overdue in all.'),
        fee: text('What it costs.'),
        restrictAccess: flag('Whether who reaches it is kept out.'),
        active: flag('Whether it is reached at all.'),
      }),
      'The levels.',
    ),
  }),
  cli: { name: 'dunning levels', options: studioOption },
})

export const setDunningLevel = staffOperation({
  operationId: 'adminSetDunningLevel',
  method: 'PUT',
  path: '/admin/v1/studios/{studioId}/dunning-levels/{no}',
  tag,
  summary: 'add or change a stage of reminders; what is left out stays as it is',
  permissions: write,
  params: Type.Object({
    studioId: id('The studio.'),
    no: int32('Its position, from 1 upward.', { minimum: 1, maximum: 9 }),
  }),
  body: Type.Object({
    name: optional(text('as customers read it', { minLength: 1, maxLength: 100 })),
    daysOverdue: optional(int32('days that the oldest claim must be overdue', { minimum: 1, maximum: 3650 })),
    pauseDays: optional(int32('days since the level before', { minimum: 1, maximum: 3650 })),
    minOpen: optional(amount('what must be overdue in all')),
    fee: optional(amount('what it costs')),
    restrictAccess: optional(flag('whether who reaches it is kept out')),
    active: optional(flag('whether it is reached at all')),
  }),
  answer: Type.Object({ levelId: id('The level.') }),
  cli: {
    name: 'dunning set-level',
    options: { daysOverdue: '--days <days>', pauseDays: '--pause <days>' },
  },
})

export const listOverdueCustomers = staffOperation({
  operationId: 'adminListOverdueCustomers',
  method: 'GET',
  path: '/admin/v1/overdue-customers',
  tag,
  summary: 'list who owes a studio something too late, at most 500 from a customer on',
  permissions: read,
  body: Type.Object({ studioId: id('the studio'), after: optional(id('customers behind this one')) }),
  answer: Type.Object({
    customers: list(
      Type.Object({
        customerId: id('The customer.'),
        overdue: text('What is open too late.'),
        since: date('From when on the oldest of it is late.'),
        level: optional(text('The stage of reminders.')),
      }),
      'The customers, by their ids.',
    ),
  }),
  cli: { name: 'dunning overdue', options: { ...studioOption, after: '--after <customerId>' } },
})

export const listDunningNotices = staffOperation({
  operationId: 'adminListDunningNotices',
  method: 'GET',
  path: '/admin/v1/customers/{customerId}/dunning-notices',
  tag,
  summary: 'list the reminders that a customer has had, the latest first',
  permissions: read,
  params: Type.Object({ customerId: id('The customer.') }),
  answer: Type.Object({
    notices: list(
      Type.Object({
        noticeId: id('The reminder.'),
        level: text('The stage of reminders.'),
        dunnedOn: date('When it was reached.'),
        overdue: text('What was open too late then.'),
        feeClaimId: optional(id('The fee.')),
      }),
      'The reminders.',
    ),
  }),
  cli: { name: 'dunning notices' },
})
