import { findRest } from './rest-rules.ts'
import type { Outcome } from './shared-unit.ts'
import type { Waits } from './single-file.ts'

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
  /** Whether the process works at something that waits for no row of these. */
  readonly isBusyElsewhere: () => boolean
}

/** How many calls share a transaction at most: what one of them waits for is the work of all. */
const LARGEST_GROUP = 50
/** LEAD: it is the turn of this call, and of the group that it gathers. */
type Turn<T> = Outcome<T> | 'LEAD'

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
 * A crowd that wants one row would take all of the processor: while others work, the row rests between two groups.
 */
export class GroupCommit<T, C extends GroupCall<T>> {
  /** By row, who waits behind those whose turn it is. */
  readonly #rows = new Map<string, Member<T, C>[]>()
  readonly #options: GroupOptions<T, C>

  constructor(options: GroupOptions<T, C>) {
    this.#options = options
  }

  async join(row: string, call: C, waits?: Waits): Promise<T> {
    const waiting = this.#rows.get(row)
    if (waiting === undefined) {
      this.#rows.set(row, [])
      const began = this.#options.monotonicMs()
      return call.alone().finally(() => this.#pass(row, began))
    }
    const member = this.#enter(waiting, call)
    for (;;) {
      const { promise } = member.turn
      const turn = await (waits ? waits.outsideFor(promise, () => leave(waiting, member), isOutcome) : promise)
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

  async #lead(row: string, first: Member<T, C>): Promise<Outcome<T>> {
    const began = this.#options.monotonicMs()
    try {
      const group = this.#gather(row, first)
      if (group.length === 1) return { done: await first.call.alone() }
      const outcomes = await this.#options.together(group.map(({ call }) => call))
      this.#return(row, group, outcomes)
      return outcomes[0] ?? 'ALONE'
    } finally {
      this.#pass(row, began)
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

  /** Lets the next one go: at once, or after a rest that leaves the processor to other work. */
  #pass(row: string, began: number) {
    const waiting = this.#rows.get(row)?.length ?? 0
    const tookMs = this.#options.monotonicMs() - began
    const restMs = waiting > 0 && this.#options.isBusyElsewhere() ? findRest(tookMs, waiting / LARGEST_GROUP) : 0
    if (restMs > 0) setTimeout(() => this.#next(row), restMs)
    else this.#next(row)
  }

  #next(row: string) {
    const next = this.#rows.get(row)?.shift()
    if (next) next.turn.resolve('LEAD')
    else this.#rows.delete(row)
  }
}

/** Whether what has come is the end of a call; else it is still to be made. */
export const isOutcome = (turn: unknown) => typeof turn === 'object'

/** Whether the member was still waiting. */
export function leave<M>(waiting: M[], member: M): boolean {
  const at = waiting.indexOf(member)
  if (at >= 0) waiting.splice(at, 1)
  return at >= 0
}
