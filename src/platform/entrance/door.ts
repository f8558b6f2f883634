import type { FastifyRequest } from 'fastify'
import type { ApiCaller } from '../units/caller.ts'
import { ApiError } from '../errors/errors.ts'
import type { Operation } from '../api/operation.ts'
import type { RateVerdict } from './rate-limit.ts'

/** How one kind of caller comes in: what it shows, how often it may come, and what it may ask for. */
export interface Door<C extends ApiCaller> {
  /** Who sends this request; refuses with 401. `matchesHost` answers whether it was sent to the host of a tenant. */
  identify(
    request: FastifyRequest,
    matchesHost: (slug: string) => boolean,
  ): Promise<Omit<C, 'traceId' | 'ip' | 'language' | 'demand'>>
  /** Whose requests are counted together, and whose idempotency keys are kept apart. */
  getCounterKey(caller: C): number
  /** Requests per minute that this caller has of its own. */
  findLimit(caller: C, operationId: string): number | null
  /** Refuses with 403 what this caller may not ask for at all. */
  refuseStranger(caller: C, operation: Operation): void
}

export function rateLimited({ limit, resetInMs }: Pick<RateVerdict, 'limit' | 'resetInMs'>): ApiError {
  const seconds = Math.max(1, Math.ceil(resetInMs / 1000))
  return new ApiError(429, 'errormessage.rateLimit.exceeded', {
    args: [
      { type: 'INTEGER', value: limit },
      { type: 'INTEGER', value: seconds },
    ],
    headers: { 'retry-after': String(seconds) },
  })
}
