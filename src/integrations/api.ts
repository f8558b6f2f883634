import { operation } from '../platform/api/operation.ts'
import { SelfDescription } from './self-description-schema.ts'

export const confirmActivation = operation({
  operationId: 'confirmActivation',
  method: 'POST',
  path: '/v1/studios/confirmActivation',
  tag: 'Studios',
  summary: 'Confirm that your side is set up for this studio',
  description:
    'Call it once after an API key has been installed. From then on events are delivered, if the integration receives ' +
    'events at all; earlier ones are not sent later. Any valid key may call it, and repeating it changes nothing.',
  scopes: [],
  shed: 'CRITICAL',
  errors: { 404: ['errormessage.activation.notFound'] },
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
  errors: { 404: ['errormessage.activation.notFound'] },
})
