import { operation } from '../platform/api/operation.ts'
import { list } from '../platform/api/schema.ts'
import { StudioInformation, Tag } from './information-schema.ts'

export { StudioInformationBase } from './information-schema.ts'

const tag = 'Studios'

export const getStudioInformation = operation({
  operationId: 'getStudioInformation',
  method: 'GET',
  path: '/v1/studios/information',
  tag,
  summary: 'Read the master data and hours of the studio',
  description: 'Describes the studio of the API key. Texts follow `Accept-Language`.',
  scopes: ['STUDIO_READ'],
  response: StudioInformation,
})

export const getStudioTags = operation({
  operationId: 'getStudioTags',
  method: 'GET',
  path: '/v1/studios/tags',
  tag,
  summary: 'List the tags that studios can carry',
  description: 'All tags of the organisation, sorted by name. Staff create them.',
  scopes: ['STUDIO_READ'],
  response: list(Tag, 'The tags; empty when there are none.'),
})

export const updateStudioTags = operation({
  operationId: 'updateStudioTags',
  method: 'PUT',
  path: '/v1/studios/information/tags',
  tag,
  summary: 'Set the tags of the studio',
  description:
    'Replaces all tags of the studio by the given ones; an empty list removes them. Only tags that exist can be set. ' +
    'A single tag without a list around it is accepted too.',
  scopes: ['STUDIO_WRITE'],
  body: list(Tag, 'The tags that the studio shall carry.', { wrapSingle: true }),
  response: list(Tag, 'The tags that the studio carries now, sorted by name.'),
  errors: { 400: ['errormessage.studio.tagUnknown'] },
})
