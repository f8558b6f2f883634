import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ApiError, badRequest, refuseFields, violation } from '../errors/errors.ts'
import type { FilePart } from '../api/operation.ts'
import { tooLarge } from '../http/bodies.ts'
import type { Spool, SpooledFile } from './spool.ts'

export const MEGABYTE = 1024 * 1024
const MOST_PARTS = 4
const LONGEST_PART_NAME = 100

/** What a multipart request held. */
export interface ReadParts {
  /** The files of the wanted part, in the order in which they came. */
  readonly files: readonly SpooledFile[]
  /** Hash over names and contents of all parts, whatever their order and the boundary between them. */
  readonly hash: Buffer
  /** The parts named `data`, where the operation takes one. */
  readonly data: readonly Buffer[]
}

export interface PartsDeps {
  readonly spool: Spool
  /** Everything in one request, in MB of 1024 * 1024 bytes. */
  readonly capMb: number
}

/** The part that holds the body of an operation that takes one besides its file. */
export const DATA_PART = 'data'

/**
 * Reads a request part by part: the wanted one is kept, and the one with the body if there is one to come (`dataLimit` is
 * its largest size in bytes); others are only counted and hashed.
 */
export async function readParts(
  request: FastifyRequest,
  wanted: FilePart,
  deps: PartsDeps,
  dataLimit?: number,
): Promise<ReadParts> {
  const files: SpooledFile[] = []
  const data: Buffer[] = []
  try {
    refuseAnnounced(request, deps.capMb)
    const counter = new Counter(deps.capMb)
    const hashes: string[] = []
    for await (const part of openParts(request)) {
      if (part.type !== 'file') continue
      refuseUnreadable(part.fieldname, part.filename ?? '')
      const bytes = counter.count(part.file)
      const isWanted = part.fieldname === wanted.name
      const file = isWanted ? await deps.spool.keep(bytes, part.filename ?? '', wanted.maxMb * MEGABYTE) : undefined
      if (file) files.push(file)
      const isData = dataLimit !== undefined && part.fieldname === DATA_PART
      const held = isData ? await holdBytes(bytes, dataLimit) : undefined
      if (held) data.push(held)
      const hash = file?.sha256 ?? (await hashBytes(held ? [held] : bytes))
      hashes.push(JSON.stringify([part.fieldname, part.filename ?? '', hash.toString('base64url')]))
    }
    return { files, data, hash: createHash('sha256').update(hashes.sort().join('\n')).digest() }
  } catch (error) {
    await deps.spool.discardAll(files)
    throw asRefusal(error)
  }
}

/** What speaks against the number of files, before the server reads one. */
export function refusalOfParts({ files, data }: ReadParts, { name, isOptional }: FilePart): ApiError | undefined {
  if (data.length > 1) return badRequest('errormessage.upload.partDuplicate', { reference: DATA_PART })
  if (files.length > 1) return badRequest('errormessage.upload.partDuplicate', { reference: name })
  return files.length === 0 && !isOptional ? refuseFields([violation(name, 'required')]) : undefined
}

function openParts(request: FastifyRequest) {
  return request.parts({
    limits: { parts: MOST_PARTS, fileSize: Number.MAX_SAFE_INTEGER, fieldNameSize: LONGEST_PART_NAME },
    // A part without a file name holds bytes as well, and is read like any other.
    isPartAFile: () => true,
  })
}

/** The reader of the parts writes this sign in place of bytes that are no text. */
const LOST_CHARACTER = '\uFFFD'

/** Names that are no text are refused, like every other text, and not stored with other characters. */
function refuseUnreadable(...names: readonly string[]) {
  const isText = (name: string) => name.isWellFormed() && !name.includes(LOST_CHARACTER)
  if (!names.every(isText)) throw badRequest('errormessage.request.malformed')
}

/** Stops a request that holds more than any upload may. */
class Counter {
  readonly #capMb: number
  #size = 0

  constructor(capMb: number) {
    this.#capMb = capMb
  }

  async *count(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      this.#size += chunk.length
      if (this.#size > this.#capMb * MEGABYTE) throw uploadTooLarge(this.#capMb)
      yield chunk
    }
  }
}

async function holdBytes(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function hashBytes(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return hash.digest()
}

/** A length that is announced is refused before the first byte is read; the frame of the parts is not counted. */
function refuseAnnounced({ headers }: FastifyRequest, capMb: number) {
  const frame = MEGABYTE
  if (Number(headers['content-length'] ?? 0) > capMb * MEGABYTE + frame) throw uploadTooLarge(capMb)
}

function uploadTooLarge(capMb: number): ApiError {
  return new ApiError(413, 'errormessage.upload.tooLarge', { args: [{ type: 'INTEGER', value: capMb }] })
}

/** Whatever the reader of the parts says is a fault of the request; what the disk says is ours. */
function asRefusal(error: unknown): unknown {
  const isOurs = error instanceof ApiError || (error as NodeJS.ErrnoException).syscall !== undefined
  return isOurs ? error : badRequest('errormessage.request.malformed')
}
