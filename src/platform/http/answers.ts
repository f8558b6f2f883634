import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { brokenConstraint, isConnectionLost, isDatabaseBusy, isStorageFull, sqlState } from '../database/database.ts'
import { ErrorResponse } from '../errors/error-schema.ts'
import { ApiError, badRequest, storageFull, unavailable } from '../errors/errors.ts'
import { chooseLanguage, errorBody, type TextOverrides } from '../errors/localisation.ts'
import type { TenantTexts } from '../texts/tenant-texts.ts'
import { fillAbsent } from './absent-values.ts'
import { JSON_BODY_LIMIT, tooLarge } from './bodies.ts'
import { getExchange } from './exchange.ts'
import { chooseForm, usualForm } from './preferences.ts'

const answersVaryBy = 'Accept-Language, Prefer'

/** Names for caches on the way the request headers that the answer depends on, besides those that were named already. */
export function varyByCaller(reply: FastifyReply) {
  const named = String(reply.getHeader('vary') ?? '')
  if (named.includes(answersVaryBy)) return
  reply.header('vary', named === '' ? answersVaryBy : `${named}, ${answersVaryBy}`)
}

const BUSY_SECONDS = 1

export interface AnswerDeps {
  readonly log: Logger
  readonly texts: TenantTexts
}

/**
 * Writes a refusal in the caller's language and the words of its tenant. Whatever is not a refusal becomes a 500 that says
 * nothing but its trace id.
 */
export async function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { log, texts }: AnswerDeps,
) {
  const { traceId, operationName, caller } = getExchange(request)
  const refusal = asApiError(error, request)
  const isUnexpected = refusal.status === 500 || refusal.status === 507
  if (isUnexpected && !(error instanceof ApiError)) {
    log.error({ trace: traceId, operation: operationName, ...describe(error) }, 'unexpected error')
  }
  const overrides = caller && (await ownTexts(texts, caller.tenantId, refusal.status))
  // The connection may have broken meanwhile, which is answered without waiting.
  return reply.sent ? reply : writeRefusal(refusal, reply, overrides)
}

/** The same without waiting for anything, where the connection is about to end. */
export function answerAtOnce(refusal: ApiError, reply: FastifyReply, texts: TenantTexts) {
  const { caller } = getExchange(reply.request)
  writeRefusal(refusal, reply, caller && texts.remembered(caller.tenantId))
}

function writeRefusal(refusal: ApiError, reply: FastifyReply, overrides: TextOverrides | undefined) {
  const { request } = reply
  const exchange = getExchange(request)
  // Before the key is known no studio speaks: only the caller's own wish counts.
  const language = exchange.language ?? chooseLanguage(request.headers['accept-language'])
  exchange.errorCode = refusal.code
  // Hanging up on a client that still sends would reset the connection before it has read the answer.
  if (refusal.status === 413) reply.removeHeader('connection')
  reply.code(refusal.status).headers({ ...refusal.details.headers })
  reply.header('content-language', language)
  varyByCaller(reply)
  reply.header('content-type', 'application/json; charset=utf-8')
  const body = errorBody(refusal, language, exchange.traceId, overrides)
  const { absentValues, applied } = chooseForm(
    request.headers.prefer,
    exchange.caller ?? usualForm,
    exchange.operation?.path,
  )
  if (applied) reply.header('preference-applied', applied)
  return reply.send(JSON.stringify(absentValues === 'NULL' ? fillAbsent(ErrorResponse, body) : body))
}

/** Who was not able to answer does not ask for words either. */
function ownTexts(texts: TenantTexts, tenantId: number, status: number) {
  return status >= 500 ? texts.remembered(tenantId) : texts.of(tenantId)
}

/** What fastify itself refuses, in the words of our catalogue. */
function asApiError(error: unknown, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error
  if (isStorageFull(error)) return storageFull()
  if (isDatabaseBusy(error) || isConnectionLost(error))
    return unavailable('errormessage.service.databaseTimeout', BUSY_SECONDS)
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
