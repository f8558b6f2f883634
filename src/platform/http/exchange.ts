import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DeviceCaller, PartnerCaller } from '../units/caller.ts'
import type { Operation } from '../api/operation.ts'
import type { WorkPlace } from '../entrance/work-place.ts'
import type { OpenSpan } from '../tracing/tracing.ts'
import { readTraceId } from './trace.ts'

/** What the pipeline has found out about one request so far. */
export interface Exchange {
  readonly traceId: string
  caller?: PartnerCaller | DeviceCaller
  operation?: Operation
  /** Name in metrics and logs. */
  operationName: string
  /** Chosen once the key has named a studio. */
  language?: string
  errorCode?: string
  /** What the request holds while its operation runs, once it has been admitted. */
  place?: WorkPlace
  /** Absent unless traces are asked for. */
  span?: OpenSpan
}

const exchanges = new WeakMap<FastifyRequest, Exchange>()

/** Opens the exchange of a request; every answer carries its trace id. */
export function openExchange(request: FastifyRequest, reply: FastifyReply): Exchange {
  const exchange: Exchange = {
    traceId: readTraceId(request.headers.traceparent),
    operationName: 'unknown',
  }
  exchanges.set(request, exchange)
  reply.header('x-trace-id', exchange.traceId)
  return exchange
}

export function getExchange(request: FastifyRequest): Exchange {
  const exchange = exchanges.get(request)
  if (!exchange) throw new Error('The request has no exchange.')
  return exchange
}
