import { sql } from 'drizzle-orm'
import type { Tx } from '../database/database.ts'
import type { Caller } from './caller.ts'
import type { DomainEvent } from './events.ts'
import { type AuditEntry, type RunUnit, StartOver, type UnitOfWork } from './work.ts'

/** One thing that a dry run would have left behind: a line of the audit log, or an event for partners. */
export interface Effect {
  readonly kind: 'CHANGE' | 'EVENT'
  /** The action of the line, or the type of the event. */
  readonly what: string
  readonly entityId: number | null
}

/** What a unit did, as the rehearsal reports it after the undo. */
export interface Rehearsed<T> {
  readonly answer: T
  readonly effects: readonly Effect[]
}

/** A unit inside the transaction of another unit, and what belongs to its end. */
export interface Rehearsable {
  readonly unit: UnitOfWork
  readonly entries: readonly AuditEntry[]
  readonly events: readonly DomainEvent[]
  readonly next: readonly ((run: RunUnit) => Promise<void>)[]
  /** Writes its audit lines, its events and all that goes with the commit. */
  finish(): Promise<unknown>
}

const ATTEMPTS = 3

/**
 * Runs units and what follows from them in one transaction, each under a savepoint of its own. What would be a commit is
 * the end of a savepoint, so a follow-up sees what went before.
 */
export class Rehearsal {
  readonly effects: Effect[] = []
  readonly #tx: Tx
  readonly #open: () => Rehearsable

  constructor(tx: Tx, open: () => Rehearsable) {
    this.#tx = tx
    this.#open = open
  }

  async run<C extends Caller, T>(work: (unit: UnitOfWork<C>) => Promise<T>): Promise<T> {
    const run: RunUnit = (next) => this.run(next)
    for (let attempt = 1; ; attempt++) {
      const all = this.#open()
      await this.#tx.execute(sql`savepoint rehearsed`)
      try {
        const result = await work(all.unit as UnitOfWork<C>)
        await all.finish()
        await this.#tx.execute(sql`release savepoint rehearsed`)
        this.#listEffects(all)
        // As after a commit: what follows and fails does not undo what went before.
        for (const next of all.next) await next(run).catch(() => undefined)
        return result
      } catch (error) {
        await this.#tx.execute(sql`rollback to savepoint rehearsed; release savepoint rehearsed`)
        if (!(error instanceof StartOver) || attempt >= ATTEMPTS) throw error
        await error.first(run)
      }
    }
  }

  #listEffects({ entries, events }: Rehearsable) {
    for (const { action, entityId } of entries) this.effects.push({ kind: 'CHANGE', what: action, entityId })
    for (const { type, entityId } of events)
      this.effects.push({ kind: 'EVENT', what: type, entityId: entityId ?? null })
  }
}

/** Ends the transaction of a rehearsal: nothing of it is kept but this. */
export class Undone extends Error {
  readonly outcome: Rehearsed<unknown>

  constructor(outcome: Rehearsed<unknown>) {
    super('The rehearsal is over.')
    this.outcome = outcome
  }
}
