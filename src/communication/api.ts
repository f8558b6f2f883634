import { Type } from 'typebox'
import { CommunicationPreference } from '../customers/index.ts'
import { operation } from '../platform/api/operation.ts'
import {
  dateTime,
  plainDateTime,
  id,
  list,
  named,
  choice,
  pathId,
  slicedResult,
  sliceQuery,
  text,
} from '../platform/api/schema.ts'
import { channels, directions, threadStatuses } from './tables.ts'

const optional = Type.Optional
const tag = 'Customers Communication'
const byId = Type.Object({ customerId: pathId('customer', 'The customer.') })
const byThread = Type.Object({ ...byId.properties, threadId: pathId('thread', 'The conversation.') })

const status = choice(threadStatuses, 'How far the conversation is.', { examples: ['ONGOING'] })
const direction = choice(directions, 'Who spoke: the customer (incoming) or the studio.', { examples: ['INCOMING'] })
const channel = choice(channels, 'How it was said.', { examples: ['EMAIL'] })
const content = text('What was said, as plain text.', {
  minLength: 1,
  maxLength: 100_000,
  examples: ['I received two invoices this month.'],
})
const subject = text('What it is about.', { trim: true, minLength: 1, maxLength: 255, examples: ['Two invoices'] })
const agent = optional(text('Who spoke for the studio.', { trim: true, maxLength: 100, examples: ['Peter Meyer'] }))
const ticketNumber = optional(
  text('Number in your ticket system.', { trim: true, maxLength: 100, examples: ['A123456'] }),
)
const ticketLink = optional(
  text('Link to the ticket; kept, never fetched.', {
    format: 'uri',
    maxLength: 2048,
    examples: ['https://tickets.example.org/A123456'],
  }),
)

export const CommunicationThreadRequest = named(
  'CommunicationThreadRequest',
  Type.Object({
    communicationThreadStatus: status,
    ticketNumber,
    subject,
    content,
    communicationDirection: direction,
    ticketLink,
    communicationChannel: channel,
    agent,
    communicationDateTime: optional(dateTime('When it was said; now if left out. Not in the future.')),
  }),
)

const CommunicationThreadResponse = named(
  'CommunicationThreadResponse',
  Type.Object({
    customerId: id('The customer.'),
    communicationId: id('What has been written down.'),
    threadId: id('The conversation.'),
    communicationThreadStatus: status,
    ticketNumber,
    subject,
    content,
    communicationDirection: direction,
    ticketLink,
    communicationChannel: channel,
    agent,
  }),
)

const recording = 'Writes down what was said elsewhere; nothing is sent.'

export const createCommunicationInNewCommunicationThread = operation({
  operationId: 'createCommunicationInNewCommunicationThread',
  method: 'POST',
  path: '/v1/communications/{customerId}/threads',
  tag,
  summary: 'Note the beginning of a conversation with a customer',
  description: recording,
  scopes: ['COMMUNICATION_WRITE'],
  params: byId,
  body: CommunicationThreadRequest,
  response: CommunicationThreadResponse,
  errors: { 400: ['errormessage.validation.mustNotBeFuture'] },
})

export const createCommunicationInExistingCommunicationThread = operation({
  operationId: 'createCommunicationInExistingCommunicationThread',
  method: 'PUT',
  path: '/v1/communications/{customerId}/threads/{threadId}',
  tag,
  summary: 'Note what else was said in a conversation',
  description: `${recording} Each call adds one communication; use an \`Idempotency-Key\` to repeat a call safely.`,
  scopes: ['COMMUNICATION_WRITE'],
  params: byThread,
  body: CommunicationThreadRequest,
  response: CommunicationThreadResponse,
  errors: { 400: ['errormessage.communication.statusTransition', 'errormessage.validation.mustNotBeFuture'] },
})

const preferences = list(CommunicationPreference, 'What counts now, category by category.')

export const getCommunicationPreferences = operation({
  operationId: 'getCommunicationPreferences',
  method: 'GET',
  path: '/v1/communications/{customerId}/communication-preferences',
  tag,
  summary: 'Read how a customer may be written to',
  description: 'All categories, each with the channels that the studio offers.',
  scopes: ['COMMUNICATION_PREFERENCES_READ'],
  params: byId,
  response: preferences,
})

export const updateCommunicationPreferences = operation({
  operationId: 'updateCommunicationPreferences',
  method: 'PUT',
  path: '/v1/communications/{customerId}/communication-preferences',
  tag,
  summary: 'Change how a customer may be written to',
  description: 'What is left out stays as it is. All or nothing: one refused wish leaves everything as it was.',
  scopes: ['COMMUNICATION_PREFERENCES_WRITE'],
  emits: ['CUSTOMER_COMMUNICATION_PREFERENCES_UPDATED'],
  params: byId,
  body: list(CommunicationPreference, 'The wishes.'),
  response: preferences,
  errors: {
    400: [
      'errormessage.communication.channelNotAvailable',
      'errormessage.communication.notOverridable',
      'errormessage.validation.required',
      'errormessage.validation.uniqueItems',
    ],
  },
})

const threadFields = {
  threadId: id('The conversation.'),
  communicationThreadStatus: status,
  subject: text('The latest subject.', { examples: ['Two invoices'] }),
  ticketNumber,
  ticketLink,
  agent,
  createdDateTime: plainDateTime('When it was first written down.'),
  updatedDateTime: plainDateTime('When something was last added.'),
}

const CommunicationThread = named('CommunicationThread', Type.Object(threadFields))

const Communication = named(
  'Communication',
  Type.Object({
    communicationId: id('What has been written down.'),
    communicationDirection: direction,
    communicationChannel: channel,
    subject: text('What it was about.', { examples: ['Two invoices'] }),
    content,
    agent,
    communicationDateTime: plainDateTime('When it was said.'),
  }),
)

export const listCommunicationThreads = operation({
  operationId: 'listCommunicationThreads',
  method: 'GET',
  path: '/ext/v1/communications/{customerId}/threads',
  tag: 'Palestra',
  summary: 'List the conversations with a customer',
  description: 'Those of other integrations and of the staff are among them.',
  scopes: ['COMMUNICATION_WRITE'],
  shed: 'BULK',
  params: byId,
  query: sliceQuery(50, 10, 500),
  response: slicedResult('CommunicationThreadSlicedResult', CommunicationThread),
})

export const getCommunicationThread = operation({
  operationId: 'getCommunicationThread',
  method: 'GET',
  path: '/ext/v1/communications/{customerId}/threads/{threadId}',
  tag: 'Palestra',
  summary: 'Read a conversation with a customer',
  description: 'With what was said, in the order in which it was written down; of very long ones the latest 500.',
  scopes: ['COMMUNICATION_WRITE'],
  params: byThread,
  response: named(
    'CommunicationThreadDetails',
    Type.Object({ ...threadFields, communications: list(Communication, 'What was said.') }),
  ),
})
