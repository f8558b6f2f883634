import type { ErrorCode } from '../errors/error-code.ts'
import type { UnknownEntity } from '../errors/errors.ts'
import { listFieldCodes } from '../validation/field-codes.ts'
import type { Operation } from './operation.ts'

/** What a caller can be refused with before the operation is reached; each kind of caller has its own codes. */
export interface EntranceCodes {
  readonly unauthenticated: readonly ErrorCode[]
  readonly forbidden: ErrorCode
}

/** The operation among those that are bound with it. */
export interface OperationContext {
  readonly entrance: EntranceCodes
  /** What the operation is about can be read at its path, with a tag. */
  readonly isShown: boolean
}

type Found = Readonly<Record<number, readonly ErrorCode[]>>

/**
 * Every error code that an operation can answer, by status. Its declaration names the codes of its own rules; what
 * all operations of its kind can answer is added here. Tests refuse an answer whose code is missing.
 */
export function listErrorCodes(operation: Operation, context: OperationContext): Found {
  const sources: readonly Found[] = [
    everyOperationCodes(context.entrance),
    inputCodes(operation),
    ...(operation.method === 'GET' ? [] : [writeCodes(context.isShown)]),
    ...(needsScope(operation, context) ? [{ 403: [context.entrance.forbidden] }] : []),
    ...(operation.file === undefined ? [] : [fileCodes]),
    operation.errors ?? {},
  ]
  const statuses = new Set(sources.flatMap((source) => Object.keys(source).map(Number)))
  const found = [...statuses].map(
    (status) => [status, [...new Set(sources.flatMap((source) => source[status] ?? []))].sort()] as const,
  )
  return Object.fromEntries(found.filter(([, codes]) => codes.length > 0).sort(([a], [b]) => a - b))
}

function everyOperationCodes({ unauthenticated }: EntranceCodes): Found {
  return {
    // The URL itself may hold what is no text.
    400: ['errormessage.request.malformed'],
    401: unauthenticated,
    415: ['errormessage.request.contentEncoding'],
    429: ['errormessage.rateLimit.exceeded'],
    500: ['errormessage.internal'],
    503: [
      'errormessage.service.databaseTimeout',
      'errormessage.service.maintenance',
      'errormessage.service.overloaded',
    ],
  }
}

/** Path, query and body are judged by their schemas; an id in the path may name nothing. */
function inputCodes({ params, query, body, bodyOptional }: Operation): Found {
  const inFields = [params, query].flatMap((fields) => (isEmpty(fields) ? [] : listFieldCodes(fields)))
  const entities = Object.values(params.properties as Readonly<Record<string, { entity?: UnknownEntity }>>)
  const missing: readonly ErrorCode[] = [
    ...entities.flatMap(({ entity }): ErrorCode[] => (entity ? [`errormessage.${entity}.notFound`] : [])),
    // Text that cannot be read as the value of a parameter.
    ...(entities.length > 0 ? (['errormessage.request.unknownPath'] as const) : []),
  ]
  if (body === undefined) return { 400: inFields, 404: missing }
  const inBody: readonly ErrorCode[] = bodyOptional ? [] : ['errormessage.request.bodyMissing']
  return {
    400: [...inFields, ...listFieldCodes(body), ...inBody],
    404: missing,
    415: ['errormessage.request.contentType'],
  }
}

const isEmpty = ({ properties }: Operation['params']) => Object.keys(properties).length === 0

function writeCodes(isShown: boolean): Found {
  return {
    400: ['errormessage.idempotency.invalid', 'errormessage.idempotency.mismatch', 'errormessage.precondition.invalid'],
    409: ['errormessage.concurrentModification', 'errormessage.idempotency.inProgress'],
    // A body is read, and measured, also where none is asked for.
    413: ['errormessage.request.tooLarge'],
    507: ['errormessage.service.storageFull'],
    412: [isShown ? 'errormessage.precondition.failed' : 'errormessage.precondition.unreadable'],
  }
}

const fileCodes: Found = {
  400: [
    'errormessage.upload.empty',
    'errormessage.upload.extensionMismatch',
    'errormessage.upload.fileTooLarge',
    'errormessage.upload.partDuplicate',
    'errormessage.upload.typeNotSupported',
    'errormessage.validation.required',
  ],
  413: ['errormessage.upload.tooLarge'],
  415: ['errormessage.request.contentType'],
}

/** A write of what can be read may carry `If-Match`, for which its caller needs the scope of the read. */
const needsScope = ({ method, scopes }: Operation, { isShown }: OperationContext) =>
  scopes.length > 0 || (method !== 'GET' && isShown)
