import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RealTime } from '../platform/clock.ts'
import { OutgoingError, type OutgoingHttp } from '../platform/outgoing-http.ts'
import type { Destination, Sender } from './destinations.ts'
import { formatBody, type SentEvent } from './envelope.ts'
import { formatSignatures } from './signature.ts'

const LONGEST_ANSWER_BYTES = 64 * 1024
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}
const userAgent = `Palestra-Webhooks/${version}`

export interface CallDeps {
  readonly http: OutgoingHttp
  readonly real: RealTime
  /** From connect to the complete headers of the answer. */
  readonly timeoutMs: number
}

export interface Call {
  readonly destination: Destination
  readonly sender: Sender
  readonly event: SentEvent
  /** 32 hexadecimal digits. */
  readonly traceId: string | null
}

export interface CallOutcome {
  readonly durationMs: number
  readonly httpStatus: number | null
  /** Why there was no answer. */
  readonly error: string | null
  /** Its first KiB. */
  readonly answer: string | null
}

/** Calls an endpoint once. It never throws: a partner that does not answer is an outcome. */
export async function callEndpoint({ http, real, timeoutMs }: CallDeps, call: Call): Promise<CallOutcome> {
  const { destination, sender, event } = call
  const extension = { tenant: destination.tenantSlug, studioId: sender.studioId }
  const body = formatBody(event, destination.extendedPayload ? extension : undefined)
  const timestamp = Math.floor(real.now().epochMilliseconds / 1000)
  const limits = { timeoutMs, maxAnswerBytes: LONGEST_ANSWER_BYTES }
  try {
    const headers = headersOf(call, { id: event.uuid, timestamp, body })
    const { status, firstKiB, durationMs } = await http.postGuarded(destination.url, { headers, body, ...limits })
    // PostgreSQL stores no NUL.
    const answer = firstKiB === '' ? null : firstKiB.replaceAll('\0', '\uFFFD')
    return { durationMs: Math.round(durationMs), httpStatus: status, error: null, answer }
  } catch (error) {
    const { reason, durationMs } = error instanceof OutgoingError ? error : { reason: 'CALL_FAILED', durationMs: 0 }
    return { durationMs: Math.round(durationMs), httpStatus: null, error: reason, answer: null }
  }
}

function headersOf(
  { destination, sender, traceId }: Call,
  message: { readonly id: string; readonly timestamp: number; readonly body: string },
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': userAgent,
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    ...(destination.signingKeys.length === 0
      ? {}
      : { 'webhook-signature': formatSignatures(destination.signingKeys, message) }),
    ...(sender.key === undefined ? {} : { 'x-api-key': sender.key }),
    ...(traceId === null ? {} : { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` }),
  }
}
