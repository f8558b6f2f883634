import type { WorkPlace } from '../entrance/work-place.ts'
import { unavailable } from '../errors/errors.ts'
import type { Outcome } from './shared-unit.ts'

/** A call that locks a row for which others may wait. */
export interface GroupCall<T> {
  /** No two calls of a group share one of these, for instance a customer: the later one is made when the group is stored. */
  readonly names: readonly string[]
  /** Set where the call can share its transaction with no other. */
  readonly isAlone?: boolean
  /** Makes the call in a transaction of its own. */
  alone(): Promise<T>
}

export interface GroupOptions<T, C> {
  /** Makes several calls in one transaction; answers as many outcomes in the same order, and never fails. */
  readonly together: (calls: readonly C[]) => Promise<readonly Outcome<T>[]>
  readonly monotonicMs: () => number
}

/** How many calls share a transaction at most: what one of them waits for is the work of all. */
const LARGEST_GROUP = 50
/** Who is not reached by then is refused: nothing has been done for them. */
const PATIENCE_MS = 5000
const RETRY_AFTER_SECONDS = 1

/** LEAD: it is the turn of this call, and of the group that it gathers. LATE: it has waited too long. */
type Turn<T> = Outcome<T> | 'LEAD' | 'LATE'

interface Member<T, C> {
  readonly call: C
  readonly since: number
  isAlone: boolean
  turn: PromiseWithResolvers<Turn<T>>
}

/**
 * Group commit: calls that lock the same row wait for each other in memory, holding neither connection nor place of work.
 * The first is made at once, by itself. Those that come meanwhile are made together in its wake, in the order of arrival
 * and in one transaction. Other processes are kept apart by the lock in the database.
 */
export class GroupCommit<T, C extends GroupCall<T>> {
  /** By row, who waits behind those whose turn it is. */
  readonly #rows = new Map<string, Member<T, C>[]>()
  readonly #options: GroupOptions<T, C>

  constructor(options: GroupOptions<T, C>) {
    this.#options = options
  }

  async join(row: string, call: C, place?: WorkPlace): Promise<T> {
    const waiting = this.#rows.get(row)
    if (waiting === undefined) {
      this.#rows.set(row, [])
      return call.alone().finally(() => this.#pass(row))
    }
    const member = this.#enter(waiting, call)
    for (;;) {
      const turn = await this.#await(row, member, place)
      if (turn === 'LATE') throw unavailable('overloaded', RETRY_AFTER_SECONDS)
      const outcome = turn === 'LEAD' ? await this.#lead(row, member) : turn
      if (outcome === 'ALONE') continue
      if ('refused' in outcome) throw outcome.refused
      return outcome.done
    }
  }

  #enter(waiting: Member<T, C>[], call: C): Member<T, C> {
    const { isAlone = false } = call
    const member = { call, isAlone, since: this.#options.monotonicMs(), turn: Promise.withResolvers<Turn<T>>() }
    waiting.push(member)
    return member
  }

  async #await(row: string, member: Member<T, C>, place: WorkPlace | undefined): Promise<Turn<T>> {
    if (!place) return member.turn.promise
    try {
      return await place.outside(() => member.turn.promise)
    } catch (error) {
      await this.#leave(row, member)
      throw error
    }
  }

  /** Goes without having had its turn; one that was given already goes to the next. */
  async #leave(row: string, member: Member<T, C>) {
    const waiting = this.#rows.get(row) ?? []
    const at = waiting.indexOf(member)
    if (at >= 0) waiting.splice(at, 1)
    else if ((await member.turn.promise) === 'LEAD') this.#pass(row)
  }

  async #lead(row: string, first: Member<T, C>): Promise<Outcome<T>> {
    try {
      const group = this.#gather(row, first)
      if (group.length === 1) return { done: await first.call.alone() }
      const outcomes = await this.#options.together(group.map(({ call }) => call))
      this.#return(row, group, outcomes)
      return outcomes[0] ?? 'ALONE'
    } finally {
      this.#pass(row)
    }
  }

  /** Who is behind the first, up to one who cannot go with those before: none overtakes another. */
  #gather(row: string, first: Member<T, C>): Member<T, C>[] {
    const waiting = this.#rows.get(row) ?? []
    const group = [first]
    const taken = new Set(first.call.names)
    for (let next = waiting[0]; next && group.length < LARGEST_GROUP; next = waiting[0]) {
      const { names } = next.call
      if (first.isAlone || next.isAlone || names.some((name) => taken.has(name))) break
      for (const name of names) taken.add(name)
      group.push(next)
      waiting.shift()
    }
    return group
  }

  /** Answers the group. Those who have to be made alone are the next to be made. */
  #return(row: string, group: readonly Member<T, C>[], outcomes: readonly Outcome<T>[]) {
    const again = group.filter((member, n) => {
      const outcome = outcomes[n] ?? 'ALONE'
      if (outcome !== 'ALONE') member.turn.resolve(outcome)
      return outcome === 'ALONE'
    })
    for (const member of again) member.isAlone = true
    const [first] = group
    if (first?.isAlone) first.turn = Promise.withResolvers()
    this.#rows.get(row)?.unshift(...again)
  }

  #pass(row: string) {
    const waiting = this.#rows.get(row) ?? []
    const earliest = this.#options.monotonicMs() - PATIENCE_MS
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (next.since >= earliest) return next.turn.resolve('LEAD')
      next.turn.resolve('LATE')
    }
    this.#rows.delete(row)
  }
}
