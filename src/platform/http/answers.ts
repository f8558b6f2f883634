import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { brokenConstraint, sqlState } from '../database.ts'
import { ApiError, badRequest } from '../errors.ts'
import { errorBody } from '../localisation.ts'
import { JSON_BODY_LIMIT, tooLarge } from './bodies.ts'
import { exchangeOf } from './exchange.ts'

/** The request headers that an answer depends on, for caches on the way. */
export const answersVaryBy = 'Accept-Language, Prefer'

/** Writes a refusal in the caller's language. Whatever is not a refusal becomes a 500 that tells nothing but its trace id. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger) {
  const exchange = exchangeOf(request)
  const refusal = asApiError(error, request)
  if (refusal.status >= 500 && !(error instanceof ApiError)) {
    log.error({ trace: exchange.traceId, operation: exchange.operationName, ...describe(error) }, 'unexpected error')
  }
  exchange.errorCode = refusal.code
  reply.code(refusal.status).headers({ ...refusal.details.headers })
  reply.header('content-language', exchange.language).header('vary', answersVaryBy)
  reply.header('content-type', 'application/json; charset=utf-8')
  return reply.send(JSON.stringify(errorBody(refusal, exchange.language, exchange.traceId)))
}

/** What fastify itself refuses, in the words of our catalogue. */
function asApiError(error: unknown, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge(request.routeOptions.bodyLimit ?? JSON_BODY_LIMIT)
  if (code === 'FST_ERR_BAD_URL') return new ApiError(404, 'errormessage.request.unknownPath')
  if (code?.startsWith('FST_ERR_CTP') || statusCode === 400) return badRequest('errormessage.request.malformed')
  return new ApiError(500, 'errormessage.internal')
}

/** Where it broke, never what was in it: messages of the driver quote values of people. */
export function describe(error: unknown): Record<string, unknown> {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const stack = (text: unknown) =>
    String((text as Error | undefined)?.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
  return {
    errorName: cause instanceof Error ? cause.name : typeof cause,
    sqlState: sqlState(error),
    constraint: brokenConstraint(error),
    stack: stack(error),
    causeStack: cause === error ? undefined : stack(cause),
    ...(cause instanceof TypeError || cause instanceof ReferenceError ? { detail: cause.message } : {}),
  }
}
