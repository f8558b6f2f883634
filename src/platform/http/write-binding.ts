import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError, withMore } from '../errors/errors.ts'
import type { Answer } from '../units/idempotency.ts'
import type { Input, Operation, Output, WishHeader } from '../api/operation.ts'
import type { LockedRow } from '../units/single-file.ts'
import type { ApiView, ApiWork, UnitOfWork, View } from '../units/work.ts'
import {
  toAnswer,
  type BindingDeps,
  type Callers,
  dress,
  readInput,
  type ReplayManner,
  type Responder,
  type routesFor,
  sendAnswer,
  serialize,
} from './binding.ts'
import { hasWish } from './preferences.ts'
import { shareRows, type Sharing } from './shared-write.ts'

/** How the rows that a unit will lock are found before it, without a lock. */
export interface RowSearch<C extends Callers> {
  readonly caller: C
  read(find: (view: View<C>) => Promise<readonly LockedRow[]>): Promise<readonly LockedRow[]>
}

export interface WriteManner<C extends Callers, O extends Operation> extends ReplayManner {
  /**
   * Rows that the unit locks besides the customer whom the input names, such as `slot 12`: writes of the same row wait
   * for each other in memory instead of with a connection. What the input does not name is read with `search`.
   */
  rows?(input: Input<O>, search: RowSearch<C>): Promise<readonly LockedRow[]> | readonly LockedRow[]
  readonly refusals?: RefusalDetails<C, O>
  /** Where many may want the same row at once: how those that wait for it share a transaction. */
  readonly sharing?: Sharing<C, O>
  /**
   * Only for `If-Match`, and needed where the path can be read: refuses with 404 what the caller may not see, and locks
   * what a change of the answer of the read would lock, in the order of all locks.
   */
  lock?(work: ApiWork<C>, input: Input<O>): Promise<unknown>
}

/** What a refusal adds for a caller who asks for details: read in a unit of its own, after the write was undone. */
export interface RefusalDetails<C extends Callers, O extends Operation> {
  readonly wish: WishHeader
  /** Further fields of the body; undefined where there are none. */
  explain(view: ApiView<C>, input: Input<O>, refusal: ApiError): Promise<Readonly<Record<string, unknown>> | undefined>
}

export interface Write<C extends Callers, O extends Operation> extends WriteManner<C, O> {
  handler(work: ApiWork<C>, input: Input<O>): Promise<Output<O>>
}

/**
 * Answers a write: in one unit that finds or stores the answer of its key and has compared what its caller saw. Requests
 * that wait for the same row may share that unit.
 */
export function respondToWrite<C extends Callers, O extends Operation>(
  operation: O,
  { handler, lock, refusals, rows, sharing, ...manner }: Write<C, O>,
  deps: BindingDeps<C>,
  { getCaller, inTurn, readKeyUse, writing, preconditions }: ReturnType<typeof routesFor<C>>,
): Responder {
  const { units } = deps
  const joinRow = sharing && shareRows(sharing, deps)
  const write = async (request: FastifyRequest, reply: FastifyReply, input: Input<O>): Promise<Answer> => {
    const used = readKeyUse(operation, request, input)
    const locks = lock && ((unit: UnitOfWork<C>) => lock(dress(unit, request, reply), input))
    const precondition = preconditions.of(operation, request, reply, locks)
    const caller = getCaller(request)
    const { begin, answer } = answering<C, O>(operation, request, reply)
    const work = async (unit: UnitOfWork<C>) => {
      if (precondition) await precondition(unit)
      return answer(await handler(begin(unit), input))
    }
    const alone = () => units.write(caller, work, writing(used, manner))
    const findRows = rows && (() => rows(input, { caller, read: (find) => units.read(caller, find) }))
    if (!joinRow || !sharing) return inTurn(request, { used, input, findRows }, alone)
    const waiting = {
      alone,
      isAlone: precondition !== undefined,
      names: [...sharing.names(input), ...(used ? [`key ${used.callerId} ${used.key}`] : [])],
      input,
      used,
      shared: { caller, ...writing(used, manner) },
      dress: begin,
      toAnswer: answer,
    }
    return inTurn(request, { used, input, findRows }, () => joinRow(request, waiting))
  }
  return async (request, reply) => {
    const input = readInput(operation, request)
    const writes = write(request, reply, input)
    if (refusals === undefined || !hasWish(request, refusals.wish)) return sendAnswer(reply, await writes)
    const outcome = await writes.catch(async (error: unknown) => {
      if (!(error instanceof ApiError)) throw error
      const more = await units.read(getCaller(request), (view) =>
        refusals.explain(dress(view, request, reply), input, error),
      )
      throw more === undefined ? error : withMore(error, more)
    })
    return sendAnswer(reply, outcome)
  }
}

/** How a request is answered. `begin` is called for each attempt: the headers of one that failed are forgotten. */
function answering<C extends Callers, O extends Operation>(operation: O, request: FastifyRequest, reply: FastifyReply) {
  let headers: Record<string, string> = {}
  return {
    begin: (unit: UnitOfWork<C>): ApiWork<C> => {
      headers = {}
      const setHeader = (name: string, value: string) => void (headers[name] = value)
      return { ...dress(unit, request, reply), setHeader }
    },
    answer: (output: Output<O>): Answer => toAnswer(operation, serialize(reply, output), headers),
  }
}
