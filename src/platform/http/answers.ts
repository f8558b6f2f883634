import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { brokenConstraint, isConnectionLost, isDatabaseBusy, sqlState } from '../database.ts'
import { ApiError, badRequest, unavailable } from '../errors.ts'
import { chooseLanguage, errorBody } from '../localisation.ts'
import { JSON_BODY_LIMIT, tooLarge } from './bodies.ts'
import { exchangeOf } from './exchange.ts'

const answersVaryBy = 'Accept-Language, Prefer'

/** Tells caches on the way which request headers the answer depends on, besides those that were named already. */
export function varyByCaller(reply: FastifyReply) {
  const named = String(reply.getHeader('vary') ?? '')
  if (named.includes(answersVaryBy)) return
  reply.header('vary', named === '' ? answersVaryBy : `${named}, ${answersVaryBy}`)
}

const BUSY_SECONDS = 1

/** Writes a refusal in the caller's language. Whatever is not a refusal becomes a 500 that tells nothing but its trace id. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger) {
  const exchange = exchangeOf(request)
  const refusal = asApiError(error, request)
  if (refusal.status === 500 && !(error instanceof ApiError)) {
    log.error({ trace: exchange.traceId, operation: exchange.operationName, ...describe(error) }, 'unexpected error')
  }
  // Before the key is known no studio speaks: only the caller's own wish counts.
  const language = exchange.language ?? chooseLanguage(request.headers['accept-language'])
  exchange.errorCode = refusal.code
  reply.code(refusal.status).headers({ ...refusal.details.headers })
  reply.header('content-language', language)
  varyByCaller(reply)
  reply.header('content-type', 'application/json; charset=utf-8')
  return reply.send(JSON.stringify(errorBody(refusal, language, exchange.traceId)))
}

/** What fastify itself refuses, in the words of our catalogue. */
function asApiError(error: unknown, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error
  if (isDatabaseBusy(error) || isConnectionLost(error)) return unavailable('databaseTimeout', BUSY_SECONDS)
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge(request.routeOptions.bodyLimit ?? JSON_BODY_LIMIT)
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
