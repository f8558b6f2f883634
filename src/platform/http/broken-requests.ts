import { type IncomingMessage, maxHeaderSize, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import { ApiError } from '../errors/errors.ts'
import { errorBody } from '../errors/localisation.ts'
import { tooLarge } from './bodies.ts'
import { readTraceId } from './trace.ts'

/** Most bytes of extensions in a chunked body; Node has no setting for it. */
const CHUNK_EXTENSIONS_LIMIT = 16_384
const LANGUAGE = 'en'
const lastOnConnection = { headers: { connection: 'close' } }

/** A refusal of bytes that never became a request. */
export interface BrokenRequest {
  readonly traceId: string
  readonly refusal: ApiError
}

export interface BrokenRequestDeps {
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>
  readonly answer: (refusal: ApiError, reply: FastifyReply) => void
  readonly log: (broken: BrokenRequest) => void
}

/**
 * Ends a connection on which something came that is no HTTP, or that did not come to its end in time. A request whose
 * headers have been read is answered like any other; of bytes that never became one nothing is known, so they are
 * answered in English. What is still under way on the connection gets its own answer, and nothing after it.
 */
export function refuseBroken(error: NodeJS.ErrnoException, socket: Socket, deps: BrokenRequestDeps) {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const refusal = toRefusal(error)
  const reply = (socket as SocketOfReply)[lastReply]
  if (!reply) return writeRefusal(refusal, socket, deps)
  const { raw: answer, request } = reply
  if (request.raw.complete && answer.writableFinished) return writeRefusal(refusal, socket, deps)
  if (answer.headersSent) return socket.destroySoon()
  if (request.raw.complete) return void answer.setHeader('connection', 'close')
  // Node lets go of a request that was answered: code that still reads it would wait for ever.
  answer.once('close', () => request.raw.destroy(error))
  return deps.answer(refusal, reply)
}

/** Kept on the connection itself, as every request passes here: how the one is answered that came last. */
const lastReply = Symbol('lastReply')
type SocketOfReply = Socket & { [lastReply]?: FastifyReply | undefined }

/** Makes known by which reply a request is answered when the rest of it breaks. */
export function awaitRest(reply: FastifyReply) {
  const socket: SocketOfReply = reply.request.raw.socket
  socket[lastReply] = reply
}

/** An answered request that came whole is let go of: its body need not be kept as long as the connection. */
export function forgetWhole({ request: { raw } }: FastifyReply) {
  const socket: SocketOfReply = raw.socket
  if (raw.complete && socket[lastReply]?.request.raw === raw) socket[lastReply] = undefined
}

/** What stands in no name or address of a host; a comma would make two of it. */
const notInHost = /[\s@/\\?#,]/

/** Node leaves this one to us: a request of HTTP/1.1 has to name its host, and no request may name two. */
export function refuseHostless({ rawHeaders, headers, httpVersion }: IncomingMessage) {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length
  const isWrong = hosts > 1 || (httpVersion === '1.1' && hosts === 0)
  if (isWrong || notInHost.test(headers.host ?? '')) throw invalidHttp()
}

function toRefusal({ code }: NodeJS.ErrnoException): ApiError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new ApiError(408, 'errormessage.request.timeout', lastOnConnection)
  if (code === 'HPE_HEADER_OVERFLOW') {
    const args = [{ type: 'INTEGER', value: maxHeaderSize }] as const
    return new ApiError(431, 'errormessage.request.headersTooLarge', { args, ...lastOnConnection })
  }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return tooLarge(CHUNK_EXTENSIONS_LIMIT, lastOnConnection.headers)
  return invalidHttp()
}

function invalidHttp(): ApiError {
  return new ApiError(400, 'errormessage.request.invalidHttp', lastOnConnection)
}

function writeRefusal(refusal: ApiError, socket: Socket, { headers, log }: BrokenRequestDeps) {
  const traceId = readTraceId(undefined)
  const body = JSON.stringify(errorBody(refusal, LANGUAGE, traceId))
  const lines = Object.entries({
    ...headers,
    ...refusal.details.headers,
    'x-trace-id': traceId,
    'content-language': LANGUAGE,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${lines.join('')}\r\n${body}`)
  socket.destroySoon()
  log({ traceId, refusal })
}
