import { operation } from '../platform/operation.ts'
import { list } from '../platform/schema.ts'
import { StudioInformation, Tag } from './information-schema.ts'
import { SelfDescription } from './self-description-schema.ts'

const tag = 'Studios'

export const confirmActivation = operation({
  operationId: 'confirmActivation',
  method: 'POST',
  path: '/v1/studios/confirmActivation',
  tag,
  summary: 'Confirm that your side is set up for this studio',
  description:
    'Call it once after an API key has been installed. From then on events are delivered, if the integration receives ' +
    'events at all; earlier ones are not sent later. Any valid key may call it, and repeating it changes nothing.',
  scopes: [],
  shed: 'CRITICAL',
})

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
})

export const getMe = operation({
  operationId: 'getMe',
  method: 'GET',
  path: '/ext/v1/me',
  tag: 'Palestra',
  summary: 'Show what this API key stands for',
  description:
    'Studio, integration, scopes and limits behind the key, and the clock that the rules follow. Any valid key may ask.',
  scopes: [],
  response: SelfDescription,
})
