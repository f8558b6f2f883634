import { Type } from 'typebox'
import { choice, flag, id, int32, list, text } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'
import { rejectionReasons } from '../accounts/index.ts'
import { collectionTypes, writeOffRules } from './agencies/agency-words.ts'

const tag = 'Debt collection'
const configure = ['collection.configure'] as const
const handle = ['collection.write'] as const
const readers = ['collection.read'] as const
const optional = Type.Optional

const shown = (what: string) => list(Type.Unsafe<unknown>({}), what)
const contractParams = Type.Object({ agencyContractId: id('The agency contract.') })
const contractAnswer = Type.Object({ agencyContractId: id('The agency contract.') })
const runParams = Type.Object({ runId: id('The run.') })
const runAnswer = Type.Object({ runId: id('The run.') })
const ofStudio = Type.Object({ studioId: optional(id('only of this studio')) })
const studioOption = { studioId: '--studio <id>' }

const agreed = {
  onClosure: optional(choice(writeOffRules, 'who decides about the rest after a closure')),
  onRejection: optional(choice(writeOffRules, 'the same after a reversal or rejection')),
  allowCaseUpdates: optional(flag('staff may close cases that the agency has')),
  minTotal: optional(text('the least that a customer must owe, for instance 50.00')),
  minOverdueDays: optional(int32('days since the due date', { minimum: 0, maximum: 3650 })),
  minDunningLevel: optional(int32('the level that reminders must have reached', { minimum: 0, maximum: 99 })),
  handoverReasons: optional(
    list(
      choice(rejectionReasons, 'A reason.'),
      'reasons of a returned payment after which a customer is handed over at once',
    ),
  ),
  stageName: optional(text('what the stage of reminders is called', { minLength: 1, maxLength: 60 })),
  restrictAccess: optional(flag('keep customers out while the agency collects from them')),
}
const agreedOptions = {
  onClosure: '--closure <who>',
  onRejection: '--rejection <who>',
  allowCaseUpdates: '--[no-]updates',
  minTotal: '--least <amount>',
  minOverdueDays: '--overdue <count>',
  minDunningLevel: '--level <count>',
  handoverReasons: '--reasons <list>',
  stageName: '--stage <name>',
  restrictAccess: '--[no-]restrict',
}

export const createAgencyContract = staffOperation({
  operationId: 'adminCreateAgencyContract',
  method: 'POST',
  path: '/admin/v1/agency-contracts',
  tag,
  summary: 'let a studio hand debts over to an agency',
  permissions: configure,
  body: Type.Object({
    studioId: id('the studio'),
    integrationId: id('the agency, as an integration'),
    type: choice(collectionTypes, 'the agency collects for the studio, or buys debts', { default: 'TRUST' }),
    ...agreed,
  }),
  answer: contractAnswer,
  cli: { name: 'agency create', arguments: ['studioId', 'integrationId'], options: agreedOptions },
})

export const updateAgencyContract = staffOperation({
  operationId: 'adminUpdateAgencyContract',
  method: 'PATCH',
  path: '/admin/v1/agency-contracts/{agencyContractId}',
  tag,
  summary: 'change what was agreed with an agency, which is sent an event',
  permissions: configure,
  params: contractParams,
  body: Type.Object(agreed),
  answer: contractAnswer,
  cli: { name: 'agency update', options: agreedOptions },
})

export const endAgencyContract = staffOperation({
  operationId: 'adminEndAgencyContract',
  method: 'POST',
  path: '/admin/v1/agency-contracts/{agencyContractId}/end',
  tag,
  summary: 'hand nothing more over to an agency; what it has goes on',
  permissions: configure,
  params: contractParams,
  answer: contractAnswer,
  cli: { name: 'agency end' },
})

export const terminateAgencyContract = staffOperation({
  operationId: 'adminTerminateAgencyContract',
  method: 'POST',
  path: '/admin/v1/agency-contracts/{agencyContractId}/terminate',
  tag,
  summary: 'end an agency contract, and refuse what the agency still reports',
  permissions: configure,
  params: contractParams,
  answer: contractAnswer,
  cli: { name: 'agency terminate' },
})

export const listAgencyContracts = staffOperation({
  operationId: 'adminListAgencyContracts',
  method: 'GET',
  path: '/admin/v1/agency-contracts',
  tag,
  summary: 'list what studios have agreed with agencies',
  permissions: readers,
  answer: shown('Agency contracts.'),
  cli: { name: 'agency list' },
})

export const previewRun = staffOperation({
  operationId: 'adminPreviewDebtCollectionRun',
  method: 'GET',
  path: '/admin/v1/studios/{studioId}/debt-collection-preview',
  tag,
  summary: 'say who would be handed over with what, and why not the others',
  permissions: readers,
  params: Type.Object({ studioId: id('The studio.') }),
  answer: shown('Customers with open debts.'),
  cli: { name: 'collection preview' },
})

export const draftRun = staffOperation({
  operationId: 'adminDraftDebtCollectionRun',
  method: 'POST',
  path: '/admin/v1/studios/{studioId}/debt-collection-runs',
  tag,
  summary: 'select by the rules and keep the outcome as a draft',
  permissions: handle,
  params: Type.Object({ studioId: id('The studio.') }),
  answer: runAnswer,
  cli: { name: 'collection draft' },
})

export const verifyRun = staffOperation({
  operationId: 'adminVerifyDebtCollectionRun',
  method: 'POST',
  path: '/admin/v1/debt-collection-runs/{runId}/verify',
  tag,
  summary: 'hand a draft over to the agency',
  permissions: handle,
  params: runParams,
  answer: runAnswer,
  cli: { name: 'collection verify' },
})

export const discardRun = staffOperation({
  operationId: 'adminDiscardDebtCollectionRun',
  method: 'DELETE',
  path: '/admin/v1/debt-collection-runs/{runId}',
  tag,
  summary: 'throw a draft away',
  permissions: handle,
  params: runParams,
  answer: runAnswer,
  cli: { name: 'collection discard' },
})

export const withdrawRun = staffOperation({
  operationId: 'adminWithdrawDebtCollectionRun',
  method: 'POST',
  path: '/admin/v1/debt-collection-runs/{runId}/withdraw',
  tag,
  summary: 'take a run back that the agency has not confirmed',
  permissions: handle,
  params: runParams,
  answer: runAnswer,
  cli: { name: 'collection withdraw' },
})

export const handOver = staffOperation({
  operationId: 'adminHandOverDebtor',
  method: 'POST',
  path: '/admin/v1/studios/{studioId}/debt-collection-handovers',
  tag,
  summary: 'hand one customer over, whatever the rules say about age and amount of the debts',
  permissions: handle,
  params: Type.Object({ studioId: id('The studio.') }),
  body: Type.Object({
    customerId: id('the customer'),
    claimIds: optional(list(id('A claim.'), 'only these; left out: everything that is due')),
  }),
  answer: runAnswer,
  cli: { name: 'collection hand-over', arguments: ['studioId', 'customerId'], options: { claimIds: '--claims <ids>' } },
})

export const listRuns = staffOperation({
  operationId: 'adminListDebtCollectionRuns',
  method: 'GET',
  path: '/admin/v1/debt-collection-runs',
  tag,
  summary: 'list runs, the newest first',
  permissions: readers,
  body: ofStudio,
  answer: shown('Runs.'),
  cli: { name: 'collection runs', options: studioOption },
})

export * from './cases/staff-case-api.ts'
