import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { OpenSpan, Tracing } from '../tracing/tracing.ts'
import { type Exchange, getExchange } from './exchange.ts'
import { readRemoteSpan } from './trace.ts'

/** Begins the span of a request: in the trace that its answer names, below the span of the caller. */
export function beginRequestSpan(tracing: Tracing, request: FastifyRequest) {
  const { method, headers } = request
  const exchange = getExchange(request)
  exchange.span = tracing.begin({
    kind: 'SERVER',
    name: method,
    traceId: exchange.traceId,
    parent: readRemoteSpan(headers.traceparent),
    attributes: { 'http.request.method': method },
  })
}

/** What happens to a request from now on belongs to its span; fastify itself keeps that over the wait for a body. */
export function enterRequestSpans(app: FastifyInstance) {
  app.addHook('onRequest', (request: FastifyRequest, _reply: FastifyReply, next: () => void) => {
    insideSpan(getExchange(request), next)
  })
}

export function insideSpan<T>({ span }: Exchange, work: () => T): T {
  return span ? span.enter(work) : work()
}

export function endRequestSpan(span: OpenSpan, request: FastifyRequest, { statusCode }: FastifyReply) {
  const { operation, operationName, caller, errorCode } = getExchange(request)
  // The path as it is declared: the one that was sent has values in it.
  const route = operation?.path ?? request.routeOptions?.url
  span.end({
    ...(route === undefined ? {} : { name: `${request.method} ${route}` }),
    attributes: {
      'http.route': route,
      'http.response.status_code': statusCode,
      'palestra.operation.id': operationName,
      'palestra.tenant.id': caller?.tenantId,
      'palestra.studio.id': caller?.studio.id,
      'palestra.activation.id': caller && 'activation' in caller ? caller.activation.id : undefined,
      'palestra.device.id': caller && 'device' in caller ? caller.device.id : undefined,
      'palestra.error.code': errorCode,
    },
    error: statusCode < 500 ? undefined : (errorCode ?? String(statusCode)),
  })
}
