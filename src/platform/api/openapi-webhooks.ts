import type { Json } from './openapi-schemas.ts'

/** A type of events as the document publishes it. */
export interface PublishedEvent {
  readonly type: string
  /** When it is sent, as a sentence. */
  readonly when: string
  /** What `entityId` names. */
  readonly entity: string
  /** The fields of its content; none when there is no content. */
  readonly content: Readonly<Record<string, { readonly meaning: string; readonly example: unknown }>>
  /** Sent only to endpoints that name it. */
  readonly isOptIn: boolean
  /** A whole body. */
  readonly example: unknown
}

/** The `webhooks` of an OpenAPI document: for each type the call that an endpoint receives. */
export function printWebhooks(events: readonly PublishedEvent[]): Json {
  const sorted = events.toSorted((a, b) => (a.type < b.type ? -1 : 1))
  return Object.fromEntries(sorted.map((event) => [event.type, { post: callEntry(event) }]))
}

function callEntry(event: PublishedEvent): Json {
  return {
    operationId: `receive_${event.type}`,
    tags: ['Webhooks'],
    summary: event.when,
    ...(event.isOptIn ? { description: 'Opt-in: only endpoints that name this type receive it.' } : {}),
    security: [],
    parameters: Object.keys(webhookParameters).map((name) => ({ $ref: `#/components/parameters/${name}` })),
    requestBody: {
      required: true,
      content: { 'application/json': { schema: bodySchema(event), example: event.example } },
    },
    responses: {
      '2XX': { description: 'Received. Any other answer, or none within the time limit, is repeated later.' },
      default: { description: 'Not received: the same call comes again.' },
    },
  }
}

const header = (name: string, description: string, required: boolean): Json => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
})

/** The headers of every call. */
export const webhookParameters: Json = {
  WebhookId: header('webhook-id', 'The uuid of the event, the same in every attempt.', true),
  WebhookTimestamp: header('webhook-timestamp', 'When this attempt was sent, in Unix seconds.', true),
  WebhookSignature: header(
    'webhook-signature',
    'One or two signatures `v1,<base64>`, separated by a space (Standard Webhooks).',
    false,
  ),
  WebhookApiKey: header('x-api-key', 'The key of the studio, if the integration has one to be called with.', false),
}

function bodySchema({ type, entity, content }: PublishedEvent): Json {
  const entry = {
    type: 'object',
    required: ['timestamp', 'type'],
    properties: {
      timestamp: { type: 'integer', format: 'int64', description: 'When it happened, in epoch milliseconds.' },
      type: { type: 'string', const: type, description: 'What happened.' },
      ...contentSchema(content),
    },
  }
  return {
    type: 'object',
    required: ['entityId', 'uuid', 'payload'],
    properties: {
      entityId: { type: 'integer', format: 'int64', description: `What it is about: ${entity}.` },
      uuid: { type: 'string', format: 'uuid', description: 'Names the event.' },
      payload: { type: 'array', description: 'One entry.', minItems: 1, maxItems: 1, items: entry },
    },
  }
}

function contentSchema(content: PublishedEvent['content']): Json {
  const fields = Object.entries(content)
  if (fields.length === 0) return {}
  const properties = fields.map(([name, { meaning, example }]) => [
    name,
    { ...typeFromExample(example), description: meaning },
  ])
  return {
    content: { type: 'object', description: 'More about it.', properties: Object.fromEntries(properties) },
  }
}

function typeFromExample(example: unknown): Json {
  if (Array.isArray(example)) return { type: 'array', items: typeFromExample(example[0]) }
  if (typeof example === 'number') return { type: Number.isInteger(example) ? 'integer' : 'number' }
  if (typeof example !== 'object' || example === null) return { type: typeof example }
  const properties = Object.entries(example).map(([name, value]) => [
    name,
    { ...typeFromExample(value), description: `For instance \`${JSON.stringify(value)}\`.` },
  ])
  return { type: 'object', properties: Object.fromEntries(properties) }
}
