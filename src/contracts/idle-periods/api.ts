import { Type } from 'typebox'
import type { ErrorCode } from '../../platform/errors/error-code.ts'
import { operation } from '../../platform/api/operation.ts'
import { pathId } from '../../platform/api/schema.ts'
import { VoidResult } from '../../platform/api/values.ts'
import {
  IdlePeriod,
  IdlePeriodLists,
  IdlePeriodRequest,
  IdlePeriodUpdate,
  IdlePeriodUpdatePreview,
  IdlePeriodValidationRequest,
  IdlePeriodValidationStatusResult,
  RemainingIdlePeriods,
} from './idle-schemas.ts'
import { DOCUMENT_MAX_MB } from './idle-files.ts'
import { idleRefusals } from './statuses.ts'

const tag = 'Membership Self-service'
const path = '/v1/memberships/{contractId}/self-service/idle-periods'
const reading = { tag, scopes: ['MEMBERSHIP_SELF_SERVICE_IDLE_PERIOD_READ'] } as const
const byContract = Type.Object({
  contractId: pathId('contract', 'A contract of the studio or of one of its customers.'),
})
const byPeriod = Type.Object({
  contractId: pathId('contract', 'A contract of the studio or of one of its customers.'),
  idlePeriodId: pathId('idlePeriod', 'An idle period of the contract.'),
})

export const validateIdlePeriodRequest = operation({
  operationId: 'validateIdlePeriodRequest',
  method: 'POST',
  path: `${path}/validate`,
  ...reading,
  summary: 'Ask whether a contract may pause',
  description:
    'By the rules of the request itself, at this moment. Nothing is stored. Reasons and documents are not judged.',
  params: byContract,
  body: IdlePeriodValidationRequest,
  response: IdlePeriodValidationStatusResult,
})

export const getIdlePeriods = operation({
  operationId: 'getIdlePeriods',
  method: 'GET',
  path,
  ...reading,
  summary: 'List when a contract pauses',
  description: 'Those that wait for the staff are among them. One whose change waits is shown as it is wished.',
  params: byContract,
  response: IdlePeriodLists,
})

/** What comes with a wish: the certificate that a reason may need. */
const document = {
  name: 'document',
  description: 'A document: pdf, jpg, jpeg, png, heic or heif.',
  maxMb: DOCUMENT_MAX_MB,
  isOptional: true,
} as const

const reasonRefusals = [
  'errormessage.idlePeriod.reasonInvalid',
  'errormessage.idlePeriod.documentRequired',
] as const satisfies readonly ErrorCode[]

const asSet =
  'Where the studio lets its staff decide, it waits as PENDING_VERIFICATION. The part `data` holds the request as JSON; a plain ' +
  'JSON body without a document is taken as well.'

export const createIdlePeriodAmendment = operation({
  operationId: 'createIdlePeriodAmendment',
  method: 'POST',
  path,
  tag,
  scopes: ['MEMBERSHIP_SELF_SERVICE_IDLE_PERIOD_WRITE'],
  summary: 'Pause a contract',
  description: `Refused as validating says, the status being the first argument. ${asSet}`,
  params: byContract,
  file: document,
  body: IdlePeriodRequest,
  response: IdlePeriod,
  errors: { 400: [...idleRefusals, ...reasonRefusals] },
  emits: ['CONTRACT_IDLE_PERIOD_CREATED', 'CONTRACT_UPDATED', 'CUSTOMER_UPDATED'],
})

export const updateIdlePeriod = operation({
  operationId: 'updateIdlePeriod',
  method: 'PUT',
  path: `${path}/{idlePeriodId}`,
  tag,
  scopes: ['MEMBERSHIP_SELF_SERVICE_IDLE_PERIOD_WRITE'],
  summary: 'Shorten a pause, or plan it anew',
  description:
    'With `endDate` it ends earlier; without it the pause is planned anew before it begins, or gets another reason. ' +
    `Refused as its preview says, the status being the first argument. ${asSet}`,
  params: byPeriod,
  file: document,
  body: IdlePeriodUpdate,
  response: IdlePeriod,
  errors: { 400: [...idleRefusals, ...reasonRefusals] },
  emits: ['CONTRACT_IDLE_PERIOD_UPDATED', 'CONTRACT_UPDATED', 'CUSTOMER_UPDATED'],
})

export const getIdlePeriodUpdatePreview = operation({
  operationId: 'getIdlePeriodUpdatePreview',
  shed: 'BULK',
  method: 'PUT',
  path: `${path}/{idlePeriodId}/preview`,
  ...reading,
  summary: 'Ask what a change of a pause would do',
  description:
    'Nothing is stored. After the change the list of upcoming charges shows the same due dates, amounts, paid periods, kinds ' +
    'and descriptions.',
  params: byPeriod,
  body: IdlePeriodUpdate,
  response: IdlePeriodUpdatePreview,
})

export const withdrawIdlePeriod = operation({
  operationId: 'withdrawIdlePeriod',
  method: 'DELETE',
  path: `${path}/{idlePeriodId}`,
  tag,
  scopes: ['MEMBERSHIP_SELF_SERVICE_IDLE_PERIOD_WRITE'],
  summary: 'Take a pause back',
  description:
    'What waits for the staff is dropped; of a change only the change. An accepted one is taken back before it begins, and on ' +
    'its first day while none of its fee is booked.',
  params: byPeriod,
  response: VoidResult,
  errors: { 400: ['errormessage.idlePeriod.deadlineViolated'], 403: ['errormessage.selfService.readOnly'] },
  emits: ['CONTRACT_IDLE_PERIOD_CANCELLED', 'CONTRACT_UPDATED', 'CUSTOMER_UPDATED'],
})

export const getIdlePeriodById = operation({
  operationId: 'getIdlePeriodById',
  method: 'GET',
  path: `${path}/{idlePeriodId}`,
  ...reading,
  summary: 'Read one idle period of a contract',
  description: 'As in the list. Withdrawn and rejected ones are answered with 404.',
  params: byPeriod,
  response: IdlePeriod,
})

export const getRemainingIdlePeriods = operation({
  operationId: 'getRemainingIdlePeriods',
  method: 'GET',
  path: `${path}/remaining`,
  ...reading,
  summary: 'Read how long a contract may still pause',
  description:
    'In the window that contains today, or the first day of a contract that has yet to begin. What waits for the staff ' +
    'counts. A contract that was signed without rules for pauses is answered with 404.',
  params: byContract,
  response: RemainingIdlePeriods,
  errors: { 404: ['errormessage.idlePolicy.notFound'] },
})
