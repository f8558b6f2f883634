import type { FastifyRequest } from 'fastify'
import type { Input, Operation, Output } from '../api/operation.ts'
import type { Tx } from '../database/database.ts'
import { Convoys } from '../units/convoys.ts'
import { GroupCommit, type GroupCall } from '../units/group-commit.ts'
import { type Answer, findReplays, type IdempotentRequest } from '../units/idempotency.ts'
import type { SharedCall, SharedView } from '../units/shared-unit.ts'
import type { ApiWork, UnitOfWork } from '../units/work.ts'
import type { BindingDeps, Callers } from './binding.ts'
import { getExchange } from './exchange.ts'

/** One of several requests that are made in one transaction. */
export interface SharedRequest<C extends Callers, O extends Operation> {
  readonly work: ApiWork<C>
  readonly input: Input<O>
}

/**
 * For a write that many want to make to one row at once: those that wait for the row are judged and stored together, each
 * with its own answer. See `OpenShared` for what a request of a group may do.
 */
export interface Sharing<C extends Callers, O extends Operation> {
  /** Which row the request locks first. */
  row(input: Input<O>): number
  /** Two requests that have one of these in common do not share a transaction: what else each of them locks. */
  names(input: Input<O>): readonly string[]
  /** Locks and loads what the requests need, of one row or of several, and answers how each of them is made. */
  open(
    view: SharedView,
    requests: readonly SharedRequest<C, O>[],
  ): Promise<(request: SharedRequest<C, O>) => Promise<Output<O>>>
}

/** A request that waits for its row, and how it is answered. */
export interface RowRequest<C extends Callers, O extends Operation> extends GroupCall<Answer> {
  readonly input: Input<O>
  readonly used: IdempotentRequest | undefined
  readonly shared: SharedCall<C, Answer>
  dress(unit: UnitOfWork<C>): ApiWork<C>
  toAnswer(output: Output<O>): Answer
}

/** Joins a request to those that wait for the same row. */
export type JoinRow<C extends Callers, O extends Operation> = (
  request: FastifyRequest,
  waiting: RowRequest<C, O>,
) => Promise<Answer>

/** The rows of one operation; a key of another tenant names another row. */
export function shareRows<C extends Callers, O extends Operation>(
  sharing: Sharing<C, O>,
  { units, monotonicMs, isBusyElsewhere }: Pick<BindingDeps<C>, 'units' | 'monotonicMs' | 'isBusyElsewhere'>,
): JoinRow<C, O> {
  const together = (calls: readonly RowRequest<C, O>[]) =>
    units.writeShared<C, Answer>({
      calls: calls.map(({ shared }) => shared),
      open: (view, works) => openRequests(sharing, view, { calls, works }),
      replays: (tx, now) => findEarlier(tx, calls, now),
    })
  const groups = new GroupCommit<Answer, RowRequest<C, O>>({ together, monotonicMs, isBusyElsewhere })
  const convoys = new Convoys<Answer, RowRequest<C, O>>({ together })
  return (request, waiting) => {
    const { place } = getExchange(request)
    const { tenantId } = waiting.shared.caller
    const alone = () => (waiting.isAlone ? waiting.alone() : convoys.join(tenantId, waiting, place))
    return groups.join(`${tenantId} ${sharing.row(waiting.input)}`, { ...waiting, alone }, place)
  }
}

/** Of each call what an earlier use of its key has been answered. */
async function findEarlier<C extends Callers, O extends Operation>(
  tx: Tx,
  calls: readonly RowRequest<C, O>[],
  now: Temporal.Instant,
): Promise<readonly PromiseSettledResult<Answer | undefined>[]> {
  const uses = calls.map(({ used }) => used)
  const found = await findReplays(
    tx,
    uses.filter((used) => used !== undefined),
    now,
  )
  const byUse = new Map(uses.filter((used) => used !== undefined).map((used, n) => [used, found[n]]))
  return uses.map((used) => (used && byUse.get(used)) ?? { status: 'fulfilled', value: undefined })
}

interface Opened<C extends Callers, O extends Operation> {
  readonly calls: readonly RowRequest<C, O>[]
  /** One for each call. */
  readonly works: readonly UnitOfWork<C>[]
}

async function openRequests<C extends Callers, O extends Operation>(
  { open }: Sharing<C, O>,
  view: SharedView,
  { calls, works }: Opened<C, O>,
): Promise<(n: number) => Promise<Answer>> {
  const requests = works.flatMap((unit, n) => {
    const call = calls[n]
    return call ? [{ call, work: call.dress(unit), input: call.input }] : []
  })
  const make = await open(view, requests)
  return async (n) => {
    const request = requests[n]
    if (!request) throw new Error('A group has no such request.')
    return request.call.toAnswer(await make(request))
  }
}
