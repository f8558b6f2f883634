import { Type } from 'typebox'
import { choice, flag, id, int32, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { documentOperations } from './document-operations.ts'
import { words } from './part-schemas.ts'
import { IdlePolicyDocument, RateDocument, TextBlockDocument } from './rates/rate-schemas.ts'

const tag = 'Catalogue'
const write = ['offers.write'] as const
const read = ['offers.read'] as const
const optional = Type.Optional
const name = text('Its name.')

export const rates = documentOperations({
  name: 'Rate',
  path: 'rates',
  command: 'rate',
  key: 'rateId',
  thing: 'a rate',
  document: RateDocument,
  summary: Type.Object({
    id: id('The rate.'),
    name,
    studioId: optional(id('Where it is sold; left out: in all studios.')),
    idlePolicyId: optional(id('How its members may pause.')),
    active: flag('Whether it is sold.'),
  }),
})

export const idlePolicies = documentOperations({
  name: 'IdlePolicy',
  path: 'idle-policies',
  command: 'idle-policy',
  key: 'policyId',
  thing: 'an idle policy',
  document: IdlePolicyDocument,
  summary: IdlePolicyDocument,
})

export const textBlocks = documentOperations({
  name: 'TextBlock',
  path: 'text-blocks',
  command: 'text-block',
  key: 'blockId',
  thing: 'a text block',
  document: TextBlockDocument,
  summary: Type.Object({
    id: id('The text block.'),
    title: text('Its heading.'),
    attachmentType: choice(['NONE', 'FILE', 'URL', 'CONTRACT_PDF_PREVIEW'], 'What is attached.'),
  }),
})

const code = { identifier: words('the code itself, by which integrations steer', 100), name: words('of the code') }

export const saveRateCode = staffOperation({
  operationId: 'adminSaveRateCode',
  method: 'POST',
  path: '/admin/v1/rate-codes',
  tag,
  summary: 'add a rate code, or give the one with this identifier another name',
  permissions: write,
  body: Type.Object(code),
  answer: Type.Object({ rateCodeId: id('The rate code.') }),
  cli: { name: 'rate-code set', arguments: ['identifier', 'name'] },
})

export const listRateCodes = staffOperation({
  operationId: 'adminListRateCodes',
  method: 'GET',
  path: '/admin/v1/rate-codes',
  tag,
  summary: 'list all of them',
  permissions: read,
  answer: list(Type.Object({ id: id('The rate code.'), ...code }), 'All rate codes.'),
  cli: { name: 'rate-code list' },
})

const position = int32('its position in the list')
const isActive = flag('is offered; else it is kept for what was said')
const idleFields = { documentRequired: optional(flag('members have to add a document')), active: optional(isActive) }
const leavingFields = {
  visibleOnline: optional(flag('members may choose it themselves; else staff do')),
  active: optional(isActive),
}
const reasonNamed = { studioId: id('the studio'), name: words('as members read it') }
const renamed = { name: optional(words('as members read it')), position: optional(position) }
const options = { studioId: '--studio <id>', documentRequired: '--[no-]document', visibleOnline: '--[no-]online' }
const pickOptions = (...names: readonly (keyof typeof options)[]) =>
  Object.fromEntries(names.map((each) => [each, options[each]]))

export const createIdleReason = staffOperation({
  operationId: 'adminCreateIdleReason',
  method: 'POST',
  path: '/admin/v1/idle-reasons',
  tag,
  summary: 'add a reason why members of a studio pause',
  permissions: write,
  body: Type.Object({ ...reasonNamed, position: optional(position), ...idleFields }),
  answer: Type.Object({ idleReasonId: id('The reason.') }),
  cli: { name: 'idle-reason create', options: pickOptions('studioId', 'documentRequired') },
})

export const updateIdleReason = staffOperation({
  operationId: 'adminUpdateIdleReason',
  method: 'PATCH',
  path: '/admin/v1/idle-reasons/{idleReasonId}',
  tag,
  summary: 'change a reason why members pause',
  permissions: write,
  params: Type.Object({ idleReasonId: id('The reason.') }),
  body: Type.Object({ ...renamed, ...idleFields }),
  answer: Type.Object({ idleReasonId: id('The reason.') }),
  cli: { name: 'idle-reason update', options: pickOptions('documentRequired') },
})

export const createCancelationReason = staffOperation({
  operationId: 'adminCreateCancelationReason',
  method: 'POST',
  path: '/admin/v1/cancelation-reasons',
  tag,
  summary: 'add a reason why members of a studio leave',
  permissions: write,
  body: Type.Object({ ...reasonNamed, position: optional(position), ...leavingFields }),
  answer: Type.Object({ cancelationReasonId: id('The reason.') }),
  cli: { name: 'cancelation-reason create', options: pickOptions('studioId', 'visibleOnline') },
})

export const updateCancelationReason = staffOperation({
  operationId: 'adminUpdateCancelationReason',
  method: 'PATCH',
  path: '/admin/v1/cancelation-reasons/{cancelationReasonId}',
  tag,
  summary: 'change a reason why members leave',
  permissions: write,
  params: Type.Object({ cancelationReasonId: id('The reason.') }),
  body: Type.Object({ ...renamed, ...leavingFields }),
  answer: Type.Object({ cancelationReasonId: id('The reason.') }),
  cli: { name: 'cancelation-reason update', options: pickOptions('visibleOnline') },
})

const listReasons = (kind: string, group: string, fields: Parameters<typeof Type.Object>[0]) =>
  staffOperation({
    operationId: `adminList${kind}s`,
    method: 'GET',
    path: `/admin/v1/${group}s`,
    tag,
    summary: 'list them by studio, in their order',
    permissions: read,
    answer: list(Type.Object({ id: id('The reason.'), ...reasonNamed, position, ...fields }), 'All reasons.'),
    cli: { name: `${group} list` },
  })

export const listIdleReasons = listReasons('IdleReason', 'idle-reason', idleFields)
export const listCancelationReasons = listReasons('CancelationReason', 'cancelation-reason', leavingFields)
