import { defined } from '../values/defined.ts'
import { type Database, isConnectionLost, isDatabaseBusy, type Tx } from '../database/database.ts'
import { ApiError } from '../errors/errors.ts'
import type { Caller } from './caller.ts'
import { doneBy, lastParts, newUnit, openUnit, type PendingUnit } from './pending-unit.ts'
import { type Done, StartOver, type UnitOfWork, type View } from './work.ts'
import { readyParts, type WritePart } from './write-parts.ts'

/** What became of a call that shares its transaction. ALONE: nothing yet, it has to be made in one of its own. */
export type Outcome<T> = { readonly done: T } | { readonly refused: unknown } | 'ALONE'

/** Thrown by a call that cannot be made together with others. */
export class NotShared extends Error {
  constructor() {
    super('The call has to be made in a transaction of its own.')
  }
}

/** One of the calls: on whose behalf it is, and what is done besides, as for a unit of its own. */
export interface SharedCall<C extends Caller, T> {
  readonly caller: C
  /** What is written besides, together with the commit. */
  readonly remember?: (result: T, done: Done) => WritePart | undefined
  /** How long a statement waits for a lock; that of the first call holds for all. */
  readonly lockTimeoutMs?: number
}

/** The transaction of all calls, for what is locked and read once. */
export type SharedView = Pick<UnitOfWork, 'tx' | 'now'>

/**
 * Locks and loads what the calls share, and answers how the n-th of them is made. They are made one after the other, in
 * order. One that is refused must leave nothing behind: it writes with `writeLast`, `audit` and `emit`, never with `tx`.
 */
export type OpenShared<C extends Caller, T> = (
  view: SharedView,
  units: readonly UnitOfWork<C>[],
) => Promise<(n: number) => Promise<T>>

/** Calls of one tenant that are made in one transaction. */
export interface SharedCalls<C extends Caller, T> {
  readonly calls: readonly SharedCall<C, T>[]
  readonly open: OpenShared<C, T>
  /** Of each call the earlier answer to the same call, undefined, or why there is none to be had. */
  readonly replays?: (tx: Tx, now: Temporal.Instant) => Promise<readonly PromiseSettledResult<T | undefined>[]>
}

/** What has happened to each call, and the units that are stored. */
interface Shared<C extends Caller, T> {
  readonly outcomes: readonly Outcome<T>[]
  readonly stored: readonly PendingUnit<C>[]
}

/** Makes the calls in one transaction. Fails where it cannot be said which of them is to blame: then nothing is stored. */
export async function writeShared<C extends Caller, T>(
  database: Database,
  { calls, open, replays }: SharedCalls<C, T>,
  { installation, now }: Pick<View, 'installation' | 'now'>,
): Promise<Shared<C, T>> {
  const all = calls.map(
    (call): Sharing<C, T> => ({ ...call, unit: newUnit({ caller: call.caller, installation, now }) }),
  )
  const work = (tx: Tx) => makeAll({ tx, now }, all, { open, ...defined({ replays }) })
  const made = database.transaction(calls[0]?.caller.tenantId ?? 'none', work, {
    finish: ({ stored }) =>
      readyParts(stored.flatMap(({ unit, remember, result }) => lastParts(unit, remember?.(result, doneBy(unit))))),
    ...defined({ lockTimeoutMs: calls[0]?.lockTimeoutMs, demand: calls[0]?.caller.demand }),
  })
  const { outcomes, stored } = await made.catch((error: unknown) => {
    if (error instanceof NothingToStore) return { outcomes: error.outcomes as Outcome<T>[], stored: [] }
    throw error
  })
  return { outcomes, stored: stored.map(({ unit }) => unit) }
}

/** Whether nobody knows what a failed transaction has left, or there is no time to begin again: then its calls are not repeated. */
export function mayNotBeRepeated(error: unknown): boolean {
  return isDatabaseBusy(error) || isConnectionLost(error)
}

/** All calls are refused or answered before: a rollback is cheaper than a commit, which would wait for the disk. */
class NothingToStore extends Error {
  readonly outcomes: unknown

  constructor(outcomes: unknown) {
    super('No call of the group has anything to store.')
    this.outcomes = outcomes
  }
}

interface Sharing<C extends Caller, T> extends SharedCall<C, T> {
  readonly unit: PendingUnit<C>
}

async function makeAll<C extends Caller, T>(
  view: SharedView,
  all: readonly Sharing<C, T>[],
  { open, replays }: Pick<SharedCalls<C, T>, 'open' | 'replays'>,
) {
  const units = all.map(({ unit }) => openUnit(unit, view.tx))
  const [opened, found] = await Promise.allSettled([open(view, units), replays?.(view.tx, view.now)])
  if (opened.status === 'rejected') throw opened.reason
  if (found.status === 'rejected') throw found.reason
  const earlier = found.value ?? []
  const outcomes: Outcome<T>[] = []
  const stored: (Sharing<C, T> & { readonly result: T })[] = []
  for (const [n, one] of all.entries()) {
    const answered = earlier[n] && readEarlier(earlier[n])
    const outcome = answered ?? (await settle(() => opened.value(n)))
    outcomes.push(outcome)
    if (!answered && outcome !== 'ALONE' && 'done' in outcome) stored.push({ ...one, result: outcome.done })
  }
  if (stored.length === 0) throw new NothingToStore(outcomes)
  return { outcomes, stored }
}

/** What an earlier use of the key has settled; undefined where the call is still to be made. */
function readEarlier<T>(earlier: PromiseSettledResult<T | undefined>): Outcome<T> | undefined {
  if (earlier.status === 'rejected') return refusalBy(earlier.reason)
  return earlier.value === undefined ? undefined : { done: earlier.value }
}

async function settle<T>(make: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { done: await make() }
  } catch (error) {
    return refusalBy(error)
  }
}

/** The refusal of a single call; whatever else fails is thrown, because the transaction may not go on. */
function refusalBy(error: unknown): { readonly refused: unknown } | 'ALONE' {
  if (error instanceof ApiError) return { refused: error }
  if (error instanceof NotShared || error instanceof StartOver) return 'ALONE'
  throw error
}
