import { Type } from 'typebox'
import { rejectionReasons } from '../../accounts/index.ts'
import { choice, date, dateTime, id, int32, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { methodGroups, painVersions, runStates, sequenceTypes } from './run-tables.ts'
import { claimExclusions } from './selection-store.ts'

const tag = 'Money'
const optional = Type.Optional
const read = ['runs.read'] as const
const operate = ['runs.operate'] as const
const studioOption = { studioId: '--studio <id>' }
const studioParams = Type.Object({ studioId: id('The studio.') })
const runParams = Type.Object({ paymentRunId: id('The payment run.') })
const state = choice(runStates, 'How far it is.')
const runAnswer = Type.Object({ paymentRunId: id('The payment run.'), state })
const amount = (what: string) => text(`${what}, for instance 89.70.`)
const after = optional(id('only customers with a higher id: for the next page'))
const step = { method: 'POST', tag, permissions: operate, params: runParams, answer: runAnswer } as const

const method = choice(methodGroups, 'how it is collected')
const wish = {
  studioId: id('the studio'),
  methodGroup: choice(methodGroups, 'how it is collected', { default: 'SEPA' }),
  targetDate: optional(date('what is due by this day is collected; left out: by today')),
}
const wishOptions = { ...studioOption, methodGroup: '--method <method>', targetDate: '--by <date>' }

export const configurePaymentRuns = staffOperation({
  operationId: 'adminConfigurePaymentRuns',
  method: 'PATCH',
  path: '/admin/v1/studios/{studioId}/payment-run-settings',
  tag,
  summary: 'say when payment runs of a studio are drafted and how; what is left out stays',
  permissions: ['settings.edit'],
  params: studioParams,
  body: Type.Object({
    runDays: optional(
      list(Type.Integer({ minimum: 1, maximum: 31 }), 'days of the month on which runs are drafted; 31: the last one'),
    ),
    methodGroups: optional(list(method, 'what runs are drafted for')),
    preNotificationDays: optional(
      int32('days between draft and collection in which payers can be notified, 0 to 30', { minimum: 0, maximum: 30 }),
    ),
    painVersion: optional(choice(painVersions, 'the version of SEPA files that the bank takes')),
  }),
  answer: studioParams,
  cli: { name: 'payment-run configure', options: { runDays: '--days <days>', methodGroups: '--methods <methods>' } },
})

export const showPaymentRunSettings = staffOperation({
  operationId: 'adminShowPaymentRunSettings',
  method: 'GET',
  path: '/admin/v1/studios/{studioId}/payment-run-settings',
  tag,
  summary: 'show when payment runs of a studio are drafted and how',
  permissions: read,
  params: studioParams,
  answer: Type.Object({
    runDays: list(int32('A day of the month.'), 'When runs are drafted; empty: by hand.'),
    methodGroups: list(method, 'What they are drafted for.'),
    preNotificationDays: int32('Days between draft and collection at least.'),
    painVersion: choice(painVersions, 'The version of SEPA files.'),
  }),
  cli: { name: 'payment-run settings' },
})

export const previewPaymentRun = staffOperation({
  operationId: 'adminPreviewPaymentRun',
  method: 'GET',
  path: '/admin/v1/payment-runs/preview',
  tag,
  summary: 'say what a payment run would collect, and the first 1000 customers who would stay out and why',
  permissions: read,
  body: Type.Object({ ...wish, after }),
  answer: Type.Object({
    collectionDate: date('When it would collect.'),
    items: int32('Mandates or cards that it would collect from.'),
    claims: int32('Charges that it would collect.'),
    amount: amount('What it would come to'),
    excluded: list(
      Type.Object({
        customerId: id('The customer.'),
        reason: choice(claimExclusions, 'Why what is due stays out.'),
        claims: int32('Charges that stay out for it.'),
        amount: amount('What is open of them'),
      }),
      'Who would stay out.',
    ),
  }),
  cli: { name: 'payment-run preview', options: wishOptions },
})

export const draftPaymentRun = staffOperation({
  operationId: 'adminDraftPaymentRun',
  method: 'POST',
  path: '/admin/v1/payment-runs',
  tag,
  summary: 'draft a payment run of what is due and collected by no other one',
  permissions: operate,
  body: Type.Object(wish),
  answer: runAnswer,
  cli: { name: 'payment-run draft', options: wishOptions },
})

const run = Type.Object({
  paymentRunId: id('The payment run.'),
  state,
  methodGroup: method,
  origin: choice(['CALENDAR', 'STAFF'], 'Who has drafted it.'),
  targetDate: date('What is due by this day is collected.'),
  collectionDate: date('When banks debit, and when the payments are booked.'),
  currency: text('Of its amounts.'),
  items: int32('Collections that it has.'),
  pending: int32('Collections whose amount is not fixed yet.'),
  amount: amount('What they come to'),
  booked: int32('Collections that were booked.'),
  failed: int32('Cards that were declined.'),
  returned: int32('Collections that were taken back.'),
  sequences: list(
    Type.Object({
      sequenceType: choice(sequenceTypes, 'The type.'),
      items: int32('Collections.'),
      amount: amount('Sum'),
    }),
    'Collections by the position in the row of those from a mandate.',
  ),
  fileId: optional(id('The file for the bank, once it is written.')),
  fileSha256: optional(text('Its SHA-256, in hexadecimal digits.')),
  exportedAt: optional(dateTime('When staff exported it.')),
  stoppedAt: optional(dateTime('Since when the work on it is stopped; left out: it goes on.')),
  submittedAt: optional(dateTime('When the bank had it.')),
  bookedAt: optional(dateTime('When all of it was booked.')),
})

export const listPaymentRuns = staffOperation({
  operationId: 'adminListPaymentRuns',
  method: 'GET',
  path: '/admin/v1/payment-runs',
  tag,
  summary: 'list the payment runs of a studio, the latest 100 first',
  permissions: read,
  body: Type.Object({ studioId: id('the studio') }),
  answer: Type.Object({ runs: list(run, 'The runs.') }),
  cli: { name: 'payment-run list', options: studioOption },
})

export const showPaymentRun = staffOperation({
  operationId: 'adminShowPaymentRun',
  method: 'GET',
  path: '/admin/v1/payment-runs/{paymentRunId}',
  tag,
  summary: 'show a payment run',
  permissions: read,
  params: runParams,
  answer: run,
  cli: { name: 'payment-run show' },
})

export const listPaymentRunItems = staffOperation({
  operationId: 'adminListPaymentRunItems',
  method: 'GET',
  path: '/admin/v1/payment-runs/{paymentRunId}/items',
  tag,
  summary: 'list what a payment run collects from whom, 1000 customers at a time',
  permissions: read,
  params: runParams,
  body: Type.Object({ after }),
  answer: Type.Object({
    items: list(
      Type.Object({
        itemId: id('The item.'),
        customerId: id('The customer.'),
        instrumentId: id('The account or card.'),
        state: choice(['PENDING', 'EXPORTED', 'BOOKED', 'FAILED', 'RETURNED', 'DROPPED'], 'What has become of it.'),
        amount: amount('What it collects'),
        endToEndId: text('What banks call it.'),
        claimIds: list(id('A charge.'), 'What it collects for.'),
        sequenceType: optional(choice(sequenceTypes, 'The position in the row of those from its mandate.')),
        rejectionReason: optional(choice(rejectionReasons, 'Why the money did not come, or did not stay.')),
        error: optional(text('Why it could not be booked so far.')),
      }),
      'The items.',
    ),
  }),
  cli: { name: 'payment-run items' },
})

export const exportPaymentRun = staffOperation({
  ...step,
  operationId: 'adminExportPaymentRun',
  path: '/admin/v1/payment-runs/{paymentRunId}/export',
  summary: 'fix the amounts of a payment run; a running server writes the file for the bank within 15 seconds',
  cli: { name: 'payment-run export' },
})

export const submitPaymentRun = staffOperation({
  ...step,
  operationId: 'adminSubmitPaymentRun',
  path: '/admin/v1/payment-runs/{paymentRunId}/submit',
  summary: 'record that the bank has the file, or let cards be charged: on the collection date the payments are booked',
  cli: { name: 'payment-run submit' },
})

export const cancelPaymentRun = staffOperation({
  ...step,
  operationId: 'adminCancelPaymentRun',
  path: '/admin/v1/payment-runs/{paymentRunId}/cancel',
  summary: 'give a payment run up that was not submitted: what it would have collected can be paid again',
  cli: { name: 'payment-run cancel' },
})

export const stopPaymentRun = staffOperation({
  ...step,
  operationId: 'adminStopPaymentRun',
  path: '/admin/v1/payment-runs/{paymentRunId}/stop',
  summary: 'stop the export, the bookings or the charges of a payment run after what is in hand; what is done stays',
  cli: { name: 'payment-run stop' },
})

export const continuePaymentRun = staffOperation({
  ...step,
  operationId: 'adminContinuePaymentRun',
  path: '/admin/v1/payment-runs/{paymentRunId}/continue',
  summary: 'let a payment run go on that was stopped, where it was; a running server begins within 15 seconds',
  cli: { name: 'payment-run continue' },
})

export const retryPaymentRun = staffOperation({
  ...step,
  operationId: 'adminRetryPaymentRun',
  path: '/admin/v1/payment-runs/{paymentRunId}/retry',
  summary: 'try again what could not be booked of a payment run',
  cli: { name: 'payment-run retry' },
})

export const removePaymentRunItem = staffOperation({
  operationId: 'adminRemovePaymentRunItem',
  method: 'POST',
  path: '/admin/v1/payment-run-items/{itemId}/remove',
  tag,
  summary: 'take a customer out of a payment run that is a draft',
  permissions: operate,
  params: Type.Object({ itemId: id('The item.') }),
  answer: Type.Object({ itemId: id('The item.') }),
  cli: { name: 'payment-run remove-item' },
})
