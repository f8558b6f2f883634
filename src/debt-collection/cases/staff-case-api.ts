import { Type } from 'typebox'
import { choice, date, flag, id, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { closureReasons, closureTypes } from '../runs/run-words.ts'

const tag = 'Debt collection'
const handle = ['collection.write'] as const
const readers = ['collection.read'] as const
const optional = Type.Optional

const shown = (what: string) => list(Type.Unsafe<unknown>({}), what)
const caseParams = Type.Object({ caseId: id('The case.') })
const adjustmentAnswer = Type.Object({ adjustmentRequestId: id('What the agency reads.') })
const ofStudio = Type.Object({ studioId: optional(id('only of this studio')) })
const studioOption = { studioId: '--studio <id>' }

export const listCases = staffOperation({
  operationId: 'adminListCollectionCases',
  method: 'GET',
  path: '/admin/v1/collection-cases',
  tag,
  summary: 'list cases with their debts, by run or customer',
  permissions: readers,
  body: Type.Object({
    runId: optional(id('only of this run')),
    customerId: optional(id('only of this customer')),
  }),
  answer: shown('Cases.'),
  cli: { name: 'collection cases', options: { runId: '--run <id>', customerId: '--customer <id>' } },
})

export const closeCase = staffOperation({
  operationId: 'adminCloseCollectionCase',
  method: 'POST',
  path: '/admin/v1/collection-cases/{caseId}/close',
  tag,
  summary: 'close a case that the agency has, with all that it keeps together with it',
  permissions: handle,
  params: caseParams,
  body: Type.Object({
    type: choice(closureTypes, 'how it ends'),
    reason: optional(choice(closureReasons, 'of a rejection')),
    text: optional(text('in words', { maxLength: 1000 })),
    writeOff: optional(flag('give up what is still open, where that is not fixed', { default: false })),
  }),
  answer: adjustmentAnswer,
  cli: { name: 'collection close', options: { type: '--as <type>', writeOff: '--write-off' } },
})

export const revertClosure = staffOperation({
  operationId: 'adminRevertCollectionClosure',
  method: 'POST',
  path: '/admin/v1/collection-cases/{caseId}/revert-closure',
  tag,
  summary: 'undo what staff closed today',
  permissions: handle,
  params: caseParams,
  answer: adjustmentAnswer,
  cli: { name: 'collection revert' },
})

export const writeOffRest = staffOperation({
  operationId: 'adminWriteOffCollectionRest',
  method: 'POST',
  path: '/admin/v1/collection-cases/{caseId}/write-off-rest',
  tag,
  summary: 'give up what is still open of the debts of a closed case',
  permissions: ['money.refund'],
  params: caseParams,
  answer: Type.Object({ amount: text('What was given up.'), currency: text('ISO 4217 code.') }),
  cli: { name: 'collection write-off' },
})

export const releaseHold = staffOperation({
  operationId: 'adminReleaseCollectionHold',
  method: 'POST',
  path: '/admin/v1/customers/{customerId}/release-collection-hold',
  tag,
  summary: 'end the hold that a rejection has left',
  permissions: handle,
  params: Type.Object({ customerId: id('The customer.') }),
  answer: Type.Object({ customerId: id('The customer.') }),
  cli: { name: 'collection release' },
})

export const setBlock = staffOperation({
  operationId: 'adminSetCollectionBlock',
  method: 'POST',
  path: '/admin/v1/collection-blocks',
  tag,
  summary: 'keep a customer or one of the claims from being handed over',
  permissions: handle,
  body: Type.Object({
    customerId: id('the customer'),
    claimId: optional(id('only this claim')),
    endDate: optional(date('last day; left out: until it is lifted')),
    reason: optional(text('why', { maxLength: 255 })),
  }),
  answer: Type.Object({ blockId: id('The block.') }),
  cli: {
    name: 'collection block',
    arguments: ['customerId'],
    options: { claimId: '--claim <id>', endDate: '--until <date>' },
  },
})

export const liftBlock = staffOperation({
  operationId: 'adminLiftCollectionBlock',
  method: 'DELETE',
  path: '/admin/v1/collection-blocks/{blockId}',
  tag,
  summary: 'take a block away that no agency has set',
  permissions: handle,
  params: Type.Object({ blockId: id('The block.') }),
  answer: Type.Object({ blockId: id('The block.') }),
  cli: { name: 'collection unblock' },
})

export const listBlocks = staffOperation({
  operationId: 'adminListCollectionBlocks',
  method: 'GET',
  path: '/admin/v1/collection-blocks',
  tag,
  summary: 'list blocks, also those that are over',
  permissions: readers,
  body: Type.Object({ customerId: optional(id('only of this customer')) }),
  answer: shown('Blocks.'),
  cli: { name: 'collection blocks', options: { customerId: '--customer <id>' } },
})

export const listAdjustments = staffOperation({
  operationId: 'adminListCaseAdjustmentRequests',
  method: 'GET',
  path: '/admin/v1/case-adjustment-requests',
  tag,
  summary: 'list what staff have changed of cases, and whether the agency has seen it',
  permissions: readers,
  body: ofStudio,
  answer: shown('Adjustment requests.'),
  cli: { name: 'collection changes', options: studioOption },
})

export const listTasks = staffOperation({
  operationId: 'adminListCollectionTasks',
  method: 'GET',
  path: '/admin/v1/debt-collection-tasks',
  tag,
  summary: 'list what waits for staff: unconfirmed runs, rejections that need them, changes that nobody has read',
  permissions: readers,
  answer: shown('Tasks.'),
  cli: { name: 'collection tasks' },
})
