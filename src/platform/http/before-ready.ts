import type { IncomingMessage, ServerResponse } from 'node:http'
import { unavailable } from '../errors/errors.ts'
import { chooseLanguage, errorBody } from '../errors/localisation.ts'
import { readTraceId } from './trace.ts'

const RETRY_AFTER_SECONDS = 5

/**
 * Answers while the process starts: it lives, it is not ready, and every request may be repeated in a moment. Nothing has
 * been asked of the database. The connection ends, so that a caller is not kept at a process that may never get ready.
 */
export function answerBeforeReady(request: IncomingMessage, response: ServerResponse) {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  if (/^\/healthz\/*$/.test(path)) return answer(response, 200, { status: 'ok' })
  if (/^\/readyz\/*$/.test(path)) return answer(response, 503, { status: 'unavailable', failingCheck: 'starting' })
  const refusal = unavailable('errormessage.service.maintenance', RETRY_AFTER_SECONDS)
  const language = chooseLanguage(request.headers['accept-language'])
  const traceId = readTraceId(request.headers['traceparent'])
  response.setHeader('content-language', language)
  response.setHeader('x-trace-id', traceId)
  for (const [name, value] of Object.entries(refusal.details.headers ?? {})) response.setHeader(name, value)
  return answer(response, refusal.status, errorBody(refusal, language, traceId))
}

function answer(response: ServerResponse, status: number, body: object) {
  const headers = { 'content-type': 'application/json; charset=utf-8', connection: 'close' }
  response.writeHead(status, headers).end(JSON.stringify(body))
}
