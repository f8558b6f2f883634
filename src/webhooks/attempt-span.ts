import type { OpenSpan, Tracing } from '../platform/tracing/tracing.ts'
import type { Call, CallOutcome } from './call.ts'

/** Begins the span of one attempt in the trace of what caused its event. Addresses may hold secrets: none is recorded. */
export function beginAttemptSpan(
  tracing: Tracing,
  { sender, tenantId, activationId, event, attemptNo, traceId }: Call,
): OpenSpan {
  return tracing.begin({
    kind: 'CLIENT',
    name: `webhook ${event.type}`,
    traceId: traceId ?? undefined,
    attributes: {
      'http.request.method': 'POST',
      'http.request.resend_count': attemptNo === 1 ? undefined : attemptNo - 1,
      'palestra.tenant.id': tenantId,
      'palestra.studio.id': sender.studioId,
      'palestra.activation.id': activationId,
      'palestra.event.type': event.type,
      'palestra.event.id': event.uuid,
    },
  })
}

/** What a receiver answers beyond a status of success is a failure, like no answer at all. */
export function endAttemptSpan(span: OpenSpan, { httpStatus, error }: CallOutcome) {
  const isTaken = httpStatus !== null && httpStatus >= 200 && httpStatus < 300
  span.end({
    attributes: { 'http.response.status_code': httpStatus ?? undefined },
    error: isTaken ? undefined : (error ?? String(httpStatus)),
  })
}
