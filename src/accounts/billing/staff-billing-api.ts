import { Type } from 'typebox'
import { choice, date, dateTime, id, int32, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

const tag = 'Money'
const read = ['accounting.read'] as const
const write = ['accounting.write'] as const
const optional = Type.Optional
const runParams = Type.Object({ billingRunId: id('The billing run.') })
const state = choice(['RUNNING', 'STOPPED', 'COMPLETED'], 'Whether it is under way.')
const runAnswer = Type.Object({ billingRunId: id('The billing run.'), state })

export const listBillingRuns = staffOperation({
  operationId: 'adminListBillingRuns',
  method: 'GET',
  path: '/admin/v1/billing-runs',
  tag,
  summary: 'list the billing runs of a studio with how far they are, the latest 31 days first',
  permissions: read,
  body: Type.Object({ studioId: id('the studio') }),
  answer: Type.Object({
    runs: list(
      Type.Object({
        billingRunId: id('The billing run.'),
        date: date('The day up to which it books.'),
        state,
        pending: int32('Customers who wait.'),
        done: int32('Customers for whom it has booked.'),
        failed: int32('Customers for whom it could not.'),
        completedAt: optional(dateTime('When it ended.')),
      }),
      'The runs.',
    ),
  }),
  cli: { name: 'billing list', options: { studioId: '--studio <id>' } },
})

export const startBillingRun = staffOperation({
  operationId: 'adminStartBillingRun',
  method: 'POST',
  path: '/admin/v1/billing-runs',
  tag,
  summary: 'book now what is due by today or an earlier day; a running server begins within 15 seconds',
  permissions: write,
  body: Type.Object({ studioId: id('the studio'), date: optional(date('left out: today')) }),
  answer: runAnswer,
  cli: { name: 'billing run', options: { studioId: '--studio <id>', date: '--date <date>' } },
})

export const stopBillingRun = staffOperation({
  operationId: 'adminStopBillingRun',
  method: 'POST',
  path: '/admin/v1/billing-runs/{billingRunId}/stop',
  tag,
  summary: 'stop a billing run after the customers in hand; the days before it stay open meanwhile',
  permissions: write,
  params: runParams,
  answer: runAnswer,
  cli: { name: 'billing stop' },
})

export const retryBillingRun = staffOperation({
  operationId: 'adminRetryBillingRun',
  method: 'POST',
  path: '/admin/v1/billing-runs/{billingRunId}/retry',
  tag,
  summary: 'let a billing run go on that was stopped, and try again what it could not book',
  permissions: write,
  params: runParams,
  answer: runAnswer,
  cli: { name: 'billing retry' },
})

export const listBillingFailures = staffOperation({
  operationId: 'adminListBillingFailures',
  method: 'GET',
  path: '/admin/v1/billing-runs/{billingRunId}/failures',
  tag,
  summary: 'list customers for whom a billing run could not book, the first 1000',
  permissions: read,
  params: runParams,
  answer: Type.Object({
    failures: list(
      Type.Object({
        customerId: id('The customer.'),
        attempts: int32('Tries.'),
        error: text('What refused it.'),
        retryAt: optional(dateTime('When it is tried again; left out: never by itself.')),
      }),
      'The customers.',
    ),
  }),
  cli: { name: 'billing failures' },
})
