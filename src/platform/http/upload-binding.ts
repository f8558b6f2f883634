import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError, refuseFields, violation } from '../errors/errors.ts'
import { type Answer, findAnswer } from '../units/idempotency.ts'
import type { FilePart, Input, Operation, Output } from '../api/operation.ts'
import { getExchange } from './exchange.ts'
import { DATA_PART, type ReadParts, readParts, refusalOfParts } from '../uploads/multipart.ts'
import { type PendingFile, withPending } from '../uploads/pending-file.ts'
import type { UploadedFile } from '../uploads/spool.ts'
import { createHash } from 'node:crypto'
import { getBody, isMultipart, JSON_BODY_LIMIT, parseText } from './bodies.ts'
import type { ApiWork, UnitOfWork, View } from '../units/work.ts'
import {
  toAnswer,
  type BindingDeps,
  type Callers,
  dress,
  readInput,
  type Responder,
  type routesFor,
  sendAnswer,
  serialize,
} from './binding.ts'

/** The three steps of a write with a file, in their order. Only the last one runs inside a transaction. */
export interface Upload<C extends Callers, O extends Operation, F = PendingFile> {
  /** Refuses what the caller may not change, before the server reads the file. */
  check(view: View<C>, input: Input<O>): Promise<unknown>
  /** Judges the file and stores its bytes; not asked where none came. */
  store(file: UploadedFile, caller: C): Promise<PendingFile>
  /** As that of a write without a file. */
  lock?(work: ApiWork<C>, input: Input<O>): Promise<unknown>
  /** Gives the stored bytes their row; those that it does not take are removed again. */
  write(work: ApiWork<C>, input: Input<O>, file: F): Promise<Output<O>>
}

type Routes<C extends Callers> = ReturnType<typeof routesFor<C>>

/** Answers an upload: reads the parts, finds an earlier answer of its key, then takes the steps. */
export function respondToUpload<C extends Callers, O extends Operation>(
  operation: O,
  upload: Upload<C, O> | Upload<C, O, PendingFile | undefined>,
  { units, uploads }: BindingDeps<C>,
  { getCaller, inTurn, readKeyUse, writing, preconditions }: Routes<C>,
): Responder {
  const part = getFilePart(operation)
  const { lock } = upload
  const answer = async (request: FastifyRequest, reply: FastifyReply, parts: ReadParts): Promise<Answer> => {
    const input = readUpload(operation, request, parts, part)
    const used = readKeyUse(operation, request, input, parts.hash)
    const caller = getCaller(request)
    const locks = lock && ((unit: UnitOfWork<C>) => lock(dress(unit, request, reply), input))
    const precondition = preconditions.of(operation, request, reply, locks)
    const earlier = used && (await units.read(caller, ({ db, now }) => findAnswer(db, used, now)))
    if (earlier) return earlier
    await units.read(caller, (view) => upload.check(view, input))
    const [sent] = parts.files
    const file = sent && (await upload.store(sent, caller))
    const storeRow = async (unit: UnitOfWork<C>) => {
      file?.giveBack()
      if (precondition) await precondition(unit)
      // Parts without the file were refused before, unless the operation does without.
      const output = await upload.write(dress(unit, request, reply), input, file as PendingFile)
      return toAnswer(operation, serialize(reply, output))
    }
    const write = () => units.write<C, Answer>(caller, storeRow, writing(used))
    const inOrder = () => inTurn(request, { used, input }, write)
    return file ? withPending(uploads.storage, file, inOrder) : inOrder()
  }
  const readAndAnswer = async (request: FastifyRequest, reply: FastifyReply) => {
    const { place } = getExchange(request)
    place?.beginReading()
    const dataLimit = operation.body && (operation.bodyLimit ?? JSON_BODY_LIMIT)
    const parts = isMultipartRequest(request) ? await readParts(request, part, uploads, dataLimit) : readPlain(request)
    try {
      await place?.endReading()
      return await answer(request, reply, parts)
    } finally {
      await uploads.spool.discardAll(parts.files)
    }
  }
  return async (request, reply) => sendAnswer(reply, await readAndAnswer(request, reply))
}

function getFilePart({ operationId, file }: Operation): FilePart {
  if (file) return file
  throw new Error(`${operationId} is bound as an upload but declares no file.`)
}

/** An id that cannot exist is the answer only when nothing else is wrong, the parts included. */
function readUpload<O extends Operation>(operation: O, request: FastifyRequest, parts: ReadParts, part: FilePart) {
  const refusal = refusalOfParts(parts, part)
  try {
    const input = readInput(operation, request, readData(operation, request, parts))
    if (refusal) throw refusal
    return input
  } catch (error) {
    throw refusal && error instanceof ApiError && error.status === 404 ? refusal : error
  }
}

const isMultipartRequest = ({ headers }: FastifyRequest) => isMultipart(headers['content-type'] ?? '')

/** A request whose body came alone, as JSON. */
function readPlain(request: FastifyRequest): ReadParts {
  const { raw } = getBody(request)
  return { files: [], data: [], hash: createHash('sha256').update(raw).digest() }
}

/** The body of a request that may have a file besides. */
function readData({ body }: Operation, request: FastifyRequest, { data }: ReadParts): unknown {
  if (!body || !isMultipartRequest(request)) return getBody(request).json
  const [first] = data
  if (!first) throw refuseFields([violation(DATA_PART, 'required')])
  return parseText(first)
}
