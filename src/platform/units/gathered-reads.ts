import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Queryable } from '../database/database.ts'
import type { View } from './work.ts'

/** What several wishes find, in their order. */
export type ReadMany<W, R> = (db: Queryable, wishes: readonly W[]) => Promise<readonly R[]>

interface Gathering<W, R> {
  readonly wishes: W[]
  readonly found: Promise<readonly R[]>
}

/**
 * Reads of one kind that are asked for in one turn of the event loop share a statement, which is sent after the last of
 * them has come, on the connection of the first. Nobody sees anything older than his own request. A unit of work reads
 * by itself: it may have written what it reads.
 */
export class GatheredReads<W, R> {
  readonly #open = new Map<string, Gathering<W, R>>()

  /** What `wish` finds. Wishes of one tenant and `group` are read together; `read` is the same for all of a group. */
  async find(view: View, { wish, group }: { readonly wish: W; readonly group: string }, read: ReadMany<W, R>) {
    if ('tx' in view) return takeFirst(await read(view.db, [wish]))
    const key = `${view.caller.tenantId} ${group}`
    const gathering = this.#open.get(key) ?? this.#begin(view, key, read)
    const at = gathering.wishes.push(wish) - 1
    return (await gathering.found)[at] as R
  }

  #begin({ db }: View, key: string, read: ReadMany<W, R>): Gathering<W, R> {
    const wishes: W[] = []
    const find = async () => {
      await endOfTurn()
      this.#open.delete(key)
      return read(db, wishes)
    }
    const gathering = { wishes, found: find() }
    this.#open.set(key, gathering)
    return gathering
  }
}

const takeFirst = <R>([found]: readonly R[]) => found as R
