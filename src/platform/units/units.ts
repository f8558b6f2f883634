import { setTimeout as sleep } from 'node:timers/promises'
import type { Caller } from './caller.ts'
import type { Clock } from '../time/tenant-clock.ts'
import { type Database, type Queryable, type Ready, sqlState, type Tx } from '../database/database.ts'
import { conflict } from '../errors/errors.ts'
import { doneBy, lastStatement, newUnit, openUnit, type PendingUnit, rehearsable } from './pending-unit.ts'
import { Rehearsal, type Rehearsed, Undone } from './rehearsal.ts'
import { defined } from '../values/defined.ts'
import { mayNotBeRepeated, type Outcome, type SharedCalls, writeShared } from './shared-unit.ts'
import { type Done, type Installation, type RunUnit, StartOver, type UnitOfWork, type View } from './work.ts'
import type { WritePart } from './write-parts.ts'

const ATTEMPTS = 3
const JITTER_MS = { least: 20, most: 100 }
/** Serialisation failure, deadlock, exclusion violation: another transaction won, the same unit may well pass next time. */
const RETRIED = new Set(['40001', '40P01', '23P01'])

/** What is done with a unit besides its own work, in the same transaction. */
export interface UnitOptions<T> {
  /** A value other than `undefined` is the answer, and the work is not done again. */
  readonly replay?: (tx: Tx, now: Temporal.Instant) => Promise<T | undefined>
  /** Instead of `replay`, for a unit that is called so often that its first call should not wait for the question. */
  readonly replayLate?: LateReplay<T>
  /** What is written besides, together with the commit. */
  readonly remember?: (result: T, done: Done) => WritePart | undefined
  /** How long a statement of the unit waits for a lock; as the session says unless it is given. */
  readonly lockTimeoutMs?: number
}

/**
 * An earlier answer is searched once the work has failed. What a repeated call has done until then is rolled back, so the
 * work may touch nothing but the database; at the latest it fails where `remember` meets the answer that is there already.
 */
export interface LateReplay<T> {
  /** Sent before the statements of the work and not waited for: where it fails, they fail with it. */
  readonly claim: Ready<unknown>
  readonly find: (db: Queryable, now: Temporal.Instant) => Promise<T | undefined>
}

/** Called by the process after a commit. */
export interface UnitSignals {
  /** Events wait in the outbox. */
  onEvents(): void
  /** Work that follows a committed unit failed; the sweeper will repeat it. */
  onFollowUpFailed(error: unknown): void
}

export interface UnitsDeps extends Installation {
  readonly database: Database
  readonly clock: Clock
}

/** Runs reads and units of work: the only place that opens a transaction for the modules. */
export class Units {
  readonly #database: Database
  readonly #clock: Clock
  readonly #signals: UnitSignals
  readonly #installation: Installation

  constructor({ database, clock, ...installation }: UnitsDeps, signals: UnitSignals) {
    this.#database = database
    this.#clock = clock
    this.#installation = installation
    this.#signals = signals
  }

  /**
   * A read sees committed rows, statement by statement, and cannot write. One that lacks what is made on demand throws
   * `StartOver`: its connection is given back, what it lacks is made in units of its own, and it begins again.
   */
  async read<C extends Caller, T>(caller: C, work: (view: View<C>) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const now = await this.#clock.now(caller.tenantId)
      const read = (db: Queryable) => work({ db, caller, installation: this.#installation, now })
      try {
        return await this.#database.read(caller.tenantId, read, caller.demand)
      } catch (error) {
        if (!(error instanceof StartOver) || attempt === ATTEMPTS) throw error
        const run: RunUnit = <N>(next: (unit: UnitOfWork) => Promise<N>) => this.write<Caller, N>(caller, next)
        await error.first(run)
      }
    }
  }

  /**
   * Runs `work` in one transaction with its audit lines and events, at most three times when it loses against another.
   * Afterwards, and before this returns, runs what the unit asked for with `afterCommit`.
   */
  async write<C extends Caller, T>(
    caller: C,
    work: (unit: UnitOfWork<C>) => Promise<T>,
    options: UnitOptions<T> = {},
  ): Promise<T> {
    const now = await this.#clock.now(caller.tenantId)
    const run: RunUnit = <N>(next: (unit: UnitOfWork) => Promise<N>) => this.write<Caller, N>(caller, next)
    for (let attempt = 1; ; attempt++) {
      const unit = newUnit({ caller, installation: this.#installation, now })
      try {
        const result = await this.#attempt(unit, work, options)
        if (unit.events.length > 0) this.#signals.onEvents()
        await this.#followUp(unit, run)
        return result
      } catch (error) {
        if (error instanceof AnsweredBefore) return error.answer as T
        if (error instanceof StartOver && attempt < ATTEMPTS) {
          await error.first(run)
          continue
        }
        const mayPass = error instanceof StartOver || RETRIED.has(sqlState(error) ?? '')
        if (mayPass && attempt < ATTEMPTS) {
          await sleep(JITTER_MS.least + Math.random() * (JITTER_MS.most - JITTER_MS.least))
          continue
        }
        const earlier = await this.#answerAfter(caller, now, options)
        if (earlier !== undefined) return earlier
        throw mayPass ? conflict('errormessage.concurrentModification') : error
      }
    }
  }

  /**
   * Makes several calls of one tenant in one transaction, each with its own caller, result or refusal, audit lines and
   * events. Where the transaction fails for a reason that may be that of a single call, each has to be made alone.
   */
  async writeShared<C extends Caller, T>(shared: SharedCalls<C, T>): Promise<readonly Outcome<T>[]> {
    const { calls } = shared
    const [first] = calls
    if (!first) return []
    const run: RunUnit = <N>(next: (unit: UnitOfWork) => Promise<N>) => this.write<Caller, N>(first.caller, next)
    const installation = this.#installation
    try {
      const now = await this.#clock.now(first.caller.tenantId)
      const { outcomes, stored } = await startingOver(run, () =>
        writeShared(this.#database, shared, { installation, now }),
      )
      if (stored.some(({ events }) => events.length > 0)) this.#signals.onEvents()
      for (const unit of stored) await this.#followUp(unit, run)
      return outcomes
    } catch (error) {
      return calls.map(() => (mayNotBeRepeated(error) ? { refused: error } : 'ALONE'))
    }
  }

  /**
   * Does what `write` does, with all that follows from it, and undoes everything: answers what would be. Locks are taken
   * as ever, no event is sent, and only sequences have moved.
   */
  async rehearse<C extends Caller, T>(caller: C, work: (unit: UnitOfWork<C>) => Promise<T>): Promise<Rehearsed<T>> {
    const now = await this.#clock.now(caller.tenantId)
    try {
      return await this.#database.transaction(caller.tenantId, async (tx) => {
        const rehearsal = new Rehearsal(tx, () =>
          rehearsable(newUnit({ caller, installation: this.#installation, now }), tx),
        )
        const answer = await rehearsal.run(work)
        throw new Undone({ answer, effects: rehearsal.effects })
      })
    } catch (error) {
      if (error instanceof Undone) return error.outcome as Rehearsed<T>
      throw RETRIED.has(sqlState(error) ?? '') ? conflict('errormessage.concurrentModification') : error
    }
  }

  async #answerAfter<T>({ tenantId, demand }: Caller, now: Temporal.Instant, { replayLate }: UnitOptions<T>) {
    return replayLate && (await this.#database.read(tenantId, (db) => replayLate.find(db, now), demand))
  }

  async #followUp<C extends Caller>(unit: PendingUnit<C>, run: RunUnit) {
    for (const next of unit.next) await next(run).catch((error: unknown) => this.#signals.onFollowUpFailed(error))
  }

  #attempt<C extends Caller, T>(
    unit: PendingUnit<C>,
    work: (unit: UnitOfWork<C>) => Promise<T>,
    { replay, replayLate, remember, lockTimeoutMs }: UnitOptions<T>,
  ): Promise<T> {
    return this.#database.transaction(
      unit.caller.tenantId,
      async (tx) => {
        const earlier = await replay?.(tx, unit.now)
        if (earlier !== undefined) throw new AnsweredBefore(earlier)
        const begin = () => work(openUnit(unit, tx))
        return replayLate ? workUnder(replayLate.claim.send(tx), begin()) : begin()
      },
      {
        finish: (result) => lastStatement(unit, remember?.(result, doneBy(unit))),
        ...defined({ lockTimeoutMs, demand: unit.caller.demand }),
      },
    )
  }
}

/** Begins again where the attempt asks for it, as often as a unit does. */
async function startingOver<T>(run: RunUnit, attempt: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof StartOver) || n >= ATTEMPTS) throw error
      await error.first(run)
    }
  }
}

/** Waits for both; why the claim failed says more than what its failure did to the statements behind it. */
async function workUnder<T>(claim: Promise<unknown>, work: Promise<T>): Promise<T> {
  const [claimed, done] = await Promise.allSettled([claim, work])
  if (claimed.status === 'rejected') throw claimed.reason
  if (done.status === 'rejected') throw done.reason
  return done.value
}

/** The call has been answered before: its unit is rolled back and the earlier answer given again. */
class AnsweredBefore extends Error {
  readonly answer: unknown

  constructor(answer: unknown) {
    super('The call has been answered before.')
    this.answer = answer
  }
}
