import { Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import { id, list, pathId, sliceQuery, text } from '../platform/api/schema.ts'
import {
  DebtCollectionConfiguration,
  DebtCollectionUpdate,
  DebtorIdSlicedResult,
  DebtorSlicedResult,
  DebtorUpdate,
  TransferDetails,
} from './api-schemas.ts'

const optional = Type.Optional
const tag = 'Finance'
const read = { method: 'GET', tag, scopes: ['DEBT_COLLECTION_READ'] } as const
const readList = { ...read, shed: 'BULK' } as const
const write = { method: 'POST', tag, scopes: ['DEBT_COLLECTION_WRITE'] } as const

const runId = pathId('debtCollectionRun', 'The run, as its event names it.')
const ofRun = { params: Type.Object({ debtCollectionRunId: runId }) }
const unknownRun = { 404: ['errormessage.debtCollectionRun.notFound'] } as const
const withoutContract = { 404: ['errormessage.debtCollectionConfiguration.notFound'] } as const

const ids = (what: string, items = text('An id.')) => optional(list(items, what, { maxItems: 50, commaList: true }))
const slice = sliceQuery(10, 1, 50).properties

export const getDebtCollectionConfiguration = operation({
  ...read,
  operationId: 'getDebtCollectionConfiguration',
  path: '/v1/debt-collection/configuration',
  summary: 'What the studio has agreed with the agency',
  response: DebtCollectionConfiguration,
  errors: withoutContract,
})

export const getTransferDetails = operation({
  ...read,
  ...ofRun,
  operationId: 'getTransferDetails',
  path: '/v1/debt-collection/{debtCollectionRunId}/details',
  summary: 'A handover of debts',
  response: TransferDetails,
  errors: unknownRun,
})

export const getDebtors = operation({
  ...readList,
  ...ofRun,
  operationId: 'getDebtors',
  path: '/v1/debt-collection/{debtCollectionRunId}/debtors',
  summary: 'Debtors and debts of a handover',
  description:
    'What was known at the handover; only blocks, the states of addresses and what the agency calls a case are as of now. ' +
    'Empty while the handover is prepared, and after it has failed.',
  query: sliceQuery(10, 1, 50),
  response: DebtorSlicedResult,
  errors: { ...unknownRun, 400: ['errormessage.validation.max'] },
})

export const confirmTransfer = operation({
  ...write,
  ...ofRun,
  operationId: 'confirmTransfer',
  path: '/v1/debt-collection/{debtCollectionRunId}/confirmTransfer',
  summary: 'Take the debts of a handover',
  description: 'A second confirmation changes nothing.',
  errors: {
    ...unknownRun,
    400: ['errormessage.debtCollection.contractMissing', 'errormessage.debtCollection.transferStateInvalid'],
  },
})

export const updateDebtCollection = operation({
  ...write,
  shed: 'BULK',
  operationId: 'updateDebtCollection',
  path: '/v1/debt-collection/update',
  summary: 'Report how cases stand',
  description:
    'Amounts are totals, never differences, so that a report may be repeated. All of it is carried out, or nothing. What ' +
    'is paid is booked for the customer; the first closure of a case is final.',
  body: DebtCollectionUpdate,
  errors: {
    400: [
      'errormessage.debtCollection.amountsExceedOriginal',
      'errormessage.debtCollection.blockInvalid',
      'errormessage.debtCollection.caseAssignedElsewhere',
      'errormessage.debtCollection.caseIdsIncomplete',
      'errormessage.debtCollection.closureInvalid',
      'errormessage.debtCollection.contractMissing',
      'errormessage.debtCollection.originalAmountMismatch',
      'errormessage.debtCollection.transferNotConfirmed',
      'errormessage.validation.currencyMismatch',
      'errormessage.validation.moneyScale',
      'errormessage.validation.uniqueItems',
    ],
    404: ['errormessage.collectionCase.notFound', 'errormessage.debt.notFound', 'errormessage.debtor.notFound'],
    409: ['errormessage.debtCollection.requestIdReused'],
  },
})

export const getDebtCollectionCases = operation({
  ...readList,
  operationId: 'getDebtCollectionCases',
  path: '/v1/debt-collection/cases',
  summary: 'How cases stand, with what staff have changed',
  description:
    'At least one parameter is needed. Ids of one parameter are alternatives; several parameters narrow each other. ' +
    'Unknown ids find nothing.',
  untagged: true,
  query: Type.Object({
    debtorId: ids('Numbers of debtors.'),
    collectionCaseId: ids('Cases.'),
    agencyCollectionCaseId: ids('Cases as the agency calls them.'),
    caseAdjustmentRequestId: optional(
      id('A change of staff, as its event names it. Reading it says that it was seen.'),
    ),
  }),
  response: list(DebtorUpdate, 'By debtor.'),
  errors: {
    400: ['errormessage.validation.required'],
    404: ['errormessage.caseAdjustmentRequest.notFound'],
  },
})

export const getDebtCollectionBlockedDebtors = operation({
  ...readList,
  operationId: 'getDebtCollectionBlockedDebtors',
  path: '/v1/debt-collection/blocked/debtors',
  summary: 'Debtors who are not handed over',
  query: Type.Object({ debtorId: optional(list(text('A number.'), 'Only these debtors.')), ...slice }),
  response: DebtorIdSlicedResult,
  errors: { ...withoutContract, 400: ['errormessage.validation.max'] },
})

export const getDebtCollectionBlockedDebts = operation({
  ...readList,
  operationId: 'getDebtCollectionBlockedDebts',
  path: '/v1/debt-collection/blocked/debts',
  summary: 'Debts that are not handed over',
  query: Type.Object({
    debtId: optional(list(text('A debt.', { format: 'uuid' }), 'Only these debts.')),
    ...slice,
  }),
  response: DebtorIdSlicedResult,
  errors: { ...withoutContract, 400: ['errormessage.validation.max'] },
})
