import { randomBytes } from 'node:crypto'
import type { RealTime } from '../platform/time/clock.ts'
import { OutgoingError } from '../platform/outgoing/outgoing-answer.ts'
import type { OutgoingHttp } from '../platform/outgoing/outgoing-http.ts'
import { productVersion } from '../platform/product-version.ts'
import type { Tracing } from '../platform/tracing/tracing.ts'
import { defined } from '../platform/values/defined.ts'
import { beginAttemptSpan, endAttemptSpan } from './attempt-span.ts'
import type { Destination, Sender } from './destinations.ts'
import { formatBody } from './envelope.ts'
import { formatSignatures } from './signature.ts'
import type { Call, CallOutcome } from './call.ts'

const LONGEST_ANSWER_BYTES = 64 * 1024

const userAgent = `Palestra-Webhooks/${productVersion}`

export interface CallDeps {
  readonly http: OutgoingHttp
  readonly real: RealTime
  /** From connect to the complete headers of the answer. */
  readonly timeoutMs: number
  readonly tracing?: Tracing | undefined
}

/** Calls an endpoint once. It never throws: a partner that does not answer is an outcome. */
export function callEndpoint(deps: CallDeps, call: Call): Promise<CallOutcome> {
  if (deps.tracing) return callTraced(deps.tracing, deps, call)
  return post(deps, call, call.traceId === null ? undefined : newTraceparent(call.traceId))
}

async function callTraced(tracing: Tracing, deps: CallDeps, call: Call): Promise<CallOutcome> {
  const span = beginAttemptSpan(tracing, call)
  const outcome = await post(deps, call, span.traceparent)
  endAttemptSpan(span, outcome)
  return outcome
}

async function post(
  { http, real, timeoutMs }: CallDeps,
  { destination, sender, event }: Call,
  traceparent: string | undefined,
): Promise<CallOutcome> {
  const extension = { tenant: destination.tenantSlug, studioId: sender.studioId }
  const body = formatBody(event, destination.extendedPayload ? extension : undefined)
  const timestamp = Math.floor(real.now().epochMilliseconds / 1000)
  const limits = { timeoutMs, maxAnswerBytes: LONGEST_ANSWER_BYTES }
  try {
    const headers = callHeaders(destination, sender, { id: event.uuid, timestamp, body, traceparent })
    const { status, firstKiB, durationMs } = await http.postGuarded(destination.url, { headers, body, ...limits })
    // PostgreSQL stores no NUL.
    const answer = firstKiB === '' ? null : firstKiB.replaceAll('\0', '\uFFFD')
    return { durationMs: Math.round(durationMs), httpStatus: status, error: null, answer }
  } catch (error) {
    const { reason, durationMs } = error instanceof OutgoingError ? error : { reason: 'CALL_FAILED', durationMs: 0 }
    return { durationMs: Math.round(durationMs), httpStatus: null, error: reason, answer: null }
  }
}

interface Message {
  readonly id: string
  readonly timestamp: number
  readonly body: string
  readonly traceparent: string | undefined
}

function callHeaders(destination: Destination, sender: Sender, message: Message): Record<string, string> {
  const { traceparent } = message
  return {
    'content-type': 'application/json',
    'user-agent': userAgent,
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    ...(destination.signingKeys.length === 0
      ? {}
      : { 'webhook-signature': formatSignatures(destination.signingKeys, message) }),
    ...defined({ 'x-api-key': sender.key, traceparent }),
  }
}

/** Without a span of ours the call is one that is not traced, in the trace of its event. */
function newTraceparent(traceId: string): string {
  return `00-${traceId}-${randomBytes(8).toString('hex')}-01`
}
