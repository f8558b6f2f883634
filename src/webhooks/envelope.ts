import { nonNull } from '../platform/values/defined.ts'

/** An event as it is sent. */
export interface SentEvent {
  readonly id: number
  readonly uuid: string
  readonly type: string
  readonly entityId: number
  readonly content: Readonly<Record<string, unknown>> | null
  /** Epoch milliseconds. */
  readonly occurredAtMs: number
}

/** What an endpoint with `extended_payload` receives besides. */
export interface Extension {
  readonly tenant: string
  readonly studioId: number
}

/** The body of every attempt, made of what never changes, so that it is the same bytes each time. */
export function formatBody(event: SentEvent, extension?: Extension): string {
  const { id, uuid, type, entityId, content, occurredAtMs } = event
  return JSON.stringify({
    entityId,
    uuid,
    payload: [{ timestamp: occurredAtMs, type, ...nonNull({ content }) }],
    ...(extension ? { tenant: extension.tenant, studioId: extension.studioId, sequence: id } : {}),
  })
}
