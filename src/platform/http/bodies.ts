import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ApiError, badRequest } from '../errors/errors.ts'
import type { Operation } from '../api/operation.ts'

export const JSON_BODY_LIMIT = 1024 * 1024

/** A request body as it came and as it was read. */
export interface Body {
  readonly raw: Buffer
  readonly json: unknown
}

/** Reads every body into memory up to the limit of its operation; the bytes are kept for idempotency fingerprints. */
export function readBodies(app: FastifyInstance) {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, raw, done) => {
    const bytes = raw as Buffer
    try {
      done(null, { raw: bytes, json: parseJson(request, bytes) } satisfies Body)
    } catch (error) {
      done(error as Error)
    }
  })
}

/** Bodies are taken as they are: one that would have to be unpacked first is refused before it is read. */
export function refuseEncoding(request: FastifyRequest) {
  const encoding = request.headers['content-encoding'] ?? ''
  const isPlain = encoding.split(',').every((each) => ['', 'identity'].includes(each.trim().toLowerCase()))
  if (isPlain || !hasBody(request)) return
  const args = [{ type: 'STRING', value: encoding.slice(0, 100) }] as const
  throw new ApiError(415, 'errormessage.request.contentEncoding', { args })
}

/** What is left of a request that was answered before its end is read and dropped, so that the next one on the connection can be read. */
export function dropRest({ raw }: FastifyRequest) {
  if (raw.complete || raw.destroyed) return
  raw.unpipe()
  raw.resume()
}

const MULTIPART = 'multipart/form-data'

/** An operation with a body takes JSON, one with a file a multipart body, one with both either. Other bodies are ignored. */
export function refuseContentType(request: FastifyRequest, operation: Operation) {
  if (!(operation.body ?? operation.file) || !hasBody(request)) return
  const type = request.headers['content-type'] ?? ''
  if (operation.file && isMultipart(type)) return
  if (operation.body && isJson(type)) return
  throw new ApiError(415, 'errormessage.request.contentType', {
    args: [
      { type: 'STRING', value: type.split(';')[0]?.trim().slice(0, 100) ?? '' },
      { type: 'STRING', value: operation.file ? MULTIPART : 'application/json' },
    ],
  })
}

export function getBody(request: FastifyRequest): Body {
  return (request.body as Body | undefined) ?? { raw: Buffer.alloc(0), json: undefined }
}

export function tooLarge(limit: number, headers: Readonly<Record<string, string>> = {}): ApiError {
  return new ApiError(413, 'errormessage.request.tooLarge', { args: [{ type: 'INTEGER', value: limit }], headers })
}

function parseJson(request: FastifyRequest, bytes: Buffer): unknown {
  if (bytes.length === 0 || !isJson(request.headers['content-type'] ?? '')) return undefined
  return parseText(bytes)
}

/** The value that JSON text stands for; undefined when it is blank. */
export function parseText(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw badRequest('errormessage.request.malformed')
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest('errormessage.request.malformed')
  }
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

export function isMultipart(contentType: string): boolean {
  return new RegExp(`^${MULTIPART}\\s*(?:;|$)`, 'i').test(contentType.trim())
}

function isJson(contentType: string): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType.trim())
}
