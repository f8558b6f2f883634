import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiCaller } from '../units/caller.ts'
import { ApiError, badRequest } from '../errors/errors.ts'
import type { Operation } from '../api/operation.ts'
import type { UnitOfWork, View } from '../units/work.ts'
import { makeEtag, hashedPart } from './etags.ts'

/** What a read answers to a request that names the same, as text; nothing where it has no body. */
type Show<C extends ApiCaller> = (
  view: View<C>,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<string | undefined>

/** Refuses, inside the unit of a write, unless its caller has seen what is there. */
type Precondition<C extends ApiCaller> = (unit: UnitOfWork<C>) => Promise<void>

/** `If-Match`: a caller who changes something may demand that it still is what he has seen. */
export class Preconditions<C extends ApiCaller> {
  readonly #refuseStranger: (caller: C, operation: Operation) => void
  /** The reads, by path: what a write is about is what the read of the same path shows. */
  readonly #reads = new Map<string, { readonly operation: Operation; readonly show: Show<C> }>()

  constructor(refuseStranger: (caller: C, operation: Operation) => void) {
    this.#refuseStranger = refuseStranger
  }

  /** Makes known what a path shows. */
  learn(operation: Operation, show: Show<C>) {
    if (operation.method === 'GET') this.#reads.set(operation.path, { operation, show })
  }

  /** A tag reveals something about what it is compared with: only to those who may read that. */
  refuseBlind(caller: C, { method, path }: Operation, { headers }: FastifyRequest) {
    if (headers['if-match'] === undefined || method === 'GET') return
    const read = this.#reads.get(path)
    if (read) this.#refuseStranger(caller, read.operation)
  }

  /** Of a write that is no single unit of work: there is no moment at which to compare. */
  refuse(operation: Operation, request: FastifyRequest, reply: FastifyReply) {
    if (operation.method !== 'GET') this.of(operation, request, reply)
  }

  /**
   * What a write has to find, if its caller sent `If-Match`. `lock` makes all who change what the path shows wait for
   * the end of the unit: what is read after it stays true.
   */
  of(
    { operationId, path }: Operation,
    request: FastifyRequest,
    reply: FastifyReply,
    lock?: (unit: UnitOfWork<C>) => Promise<unknown>,
  ): Precondition<C> | undefined {
    const wanted = parseIfMatch(request.headers['if-match'])
    if (wanted === undefined) return undefined
    const read = this.#reads.get(path)
    if (!read) throw new ApiError(412, 'errormessage.precondition.unreadable')
    if (!lock) throw new Error(`${operationId} changes what can be read at its path and does not say what to lock.`)
    return async (unit) => {
      await lock(unit)
      const current = await read.show(unit, request, reply)
      if (!isMet(wanted, current)) throw new ApiError(412, 'errormessage.precondition.failed')
    }
  }
}

const tag = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"'
const tagList = new RegExp(`^(?:[ \\t]*,)*[ \\t]*${tag}(?:[ \\t]*,(?:[ \\t]*${tag})?)*[ \\t]*$`)
const everyTag = new RegExp(tag, 'g')

/** The tags of the header, or that any will do; a malformed header is refused, since the client relies on it. */
function parseIfMatch(header: string | undefined): '*' | readonly string[] | undefined {
  if (header === undefined) return undefined
  if (header.trim() === '*') return '*'
  if (!tagList.test(header)) throw badRequest('errormessage.precondition.invalid')
  return header.match(everyTag) ?? []
}

function isMet(wanted: '*' | readonly string[], shown: string | undefined): boolean {
  if (wanted === '*' || shown === undefined) return wanted === '*'
  const now = hashedPart(makeEtag(shown))
  return wanted.some((tag) => hashedPart(tag) === now)
}
