import type { Static, TObject, TSchema } from 'typebox'
import type { ErrorCode } from '../errors/error-code.ts'
import type { EventType } from '../units/events.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** In which order operations are served when there are more than the process can do at once: CRITICAL first, BULK last. */
export type ShedClass = 'CRITICAL' | 'NORMAL' | 'BULK'

/** The file that an operation takes as one part of a `multipart/form-data` request. */
export interface FilePart {
  readonly name: string
  readonly description: string
  /** MB of 1024 * 1024 bytes; what is larger is refused with 400. */
  readonly maxMb: number
  /** The request may come without it. */
  readonly isOptional?: true
}

/** A request header by which a caller asks for more than the API answers; only its value `true` does. */
export interface WishHeader {
  readonly name: string
  readonly description: string
}

/** Error codes by the status of their answer. */
export type OperationErrors = Readonly<Partial<Record<400 | 403 | 404 | 409 | 429 | 503, readonly ErrorCode[]>>>

/**
 * One operation of the API as its module declares it: the single source of the route, its types, its validation,
 * its scopes and rate limit, and of its entry in `openapi.json`.
 *
 * `path` is written as in OpenAPI (`/v1/classes/{classId}`). A caller needs any one of `scopes`; an empty list means
 * that a valid key is enough; of an operation for devices they are the models that have it. `params` and `query` describe one property per parameter; `response` is the body of the
 * 200 answer, absent when the answer has no body.
 */
export interface Operation<
  P extends TObject = TObject,
  Q extends TObject = TObject,
  B extends TSchema | undefined = TSchema | undefined,
  R extends TSchema | undefined = TSchema | undefined,
> {
  readonly operationId: string
  readonly method: Method
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  /** Still there for callers of old; a successor does the same. */
  readonly deprecated?: true
  readonly scopes: readonly string[]
  readonly shed: ShedClass
  readonly params: P
  readonly query: Q
  readonly body: B
  /** Makes it a multipart request instead of a JSON body. An operation with both takes the body as the part `data`. */
  readonly file?: FilePart
  readonly response: R
  /** Largest JSON body in bytes; 1 MiB unless the operation says otherwise. */
  readonly bodyLimit?: number
  /** A body that may be left out altogether. */
  readonly bodyOptional?: boolean
  /** Status of an answer without a body; 200 unless the operation says otherwise. */
  readonly emptyStatus?: 204
  /** The reference names the operation but not its shape: ours is a guess, and the document says so. */
  readonly inferred?: boolean
  readonly wish?: WishHeader
  /** A read of what moves by itself, like a clock: its answers have no `ETag`, and writes of its path take no `If-Match`. */
  readonly untagged?: true
  /** What the operation's own rules refuse with; `operation-errors.ts` adds what every operation of its kind can answer. */
  readonly errors?: OperationErrors
  /** Types of the events that a successful call can emit, some of them only in certain cases. */
  readonly emits?: readonly EventType[]
}

export interface OperationSpec<
  P extends TObject,
  Q extends TObject,
  B extends TSchema | undefined,
  R extends TSchema | undefined,
> {
  operationId: string
  method: Method
  path: string
  tag: string
  summary: string
  description?: string
  deprecated?: true
  scopes: readonly string[]
  shed?: ShedClass
  params?: P
  query?: Q
  body?: B
  file?: FilePart
  response?: R
  bodyLimit?: number
  bodyOptional?: boolean
  emptyStatus?: 204
  inferred?: boolean
  wish?: WishHeader
  untagged?: true
  errors?: OperationErrors
  emits?: readonly EventType[]
}

type NoFields = TObject<Record<never, never>>

/** What the handler of an operation is given: validated, coerced, defaults filled in. */
export interface Input<O extends Operation> {
  readonly params: Static<O['params']>
  readonly query: Static<O['query']>
  readonly body: O['body'] extends TSchema ? Static<O['body']> : undefined
}

/** What the handler of an operation must answer. */
export type Output<O extends Operation> = O['response'] extends TSchema ? Static<O['response']> : void

/** Whether the answers of an operation have an `ETag`. */
export const isTagged = ({ method, response, untagged }: Operation) => method === 'GET' && !!response && !untagged

const noFields = { type: 'object', properties: {} } as unknown as NoFields

/** Declares an operation; see {@link Operation} for the meaning of each part. */
export function operation<
  P extends TObject = NoFields,
  Q extends TObject = NoFields,
  B extends TSchema | undefined = undefined,
  R extends TSchema | undefined = undefined,
>(spec: OperationSpec<P, Q, B, R>): Operation<P, Q, B, R> {
  return {
    shed: 'NORMAL',
    params: noFields as unknown as P,
    query: noFields as unknown as Q,
    body: undefined as B,
    response: undefined as R,
    ...spec,
  }
}
