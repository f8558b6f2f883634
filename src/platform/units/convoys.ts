import { type GroupCall, isOutcome, leave } from './group-commit.ts'
import type { Outcome } from './shared-unit.ts'
import type { Waits } from './single-file.ts'

const LARGEST_GROUP = 50
/** A call by itself that takes longer waits for something that need not concern the others. */
const LONGEST_ALONE_MS = 100

/** SET_OUT: nobody else waits, the call is made by itself. */
type Turn<T> = Outcome<T> | 'SET_OUT'

interface Member<T, C> {
  readonly call: C
  readonly turn: PromiseWithResolvers<Turn<T>>
}

export interface ConvoyOptions<T, C> {
  /** Makes several calls in one transaction, in which none waits for a row; answers as `GroupCommit` wants it. */
  readonly together: (calls: readonly C[]) => Promise<readonly Outcome<T>[]>
}

/**
 * Group commit for calls of one tenant that lock different rows. One that comes while none is under way is made at once,
 * by itself. Those that come meanwhile wait in memory, holding neither connection nor place of work, and are then made
 * together: begin, commit, round trips and the start of each statement are paid once for all of them.
 */
export class Convoys<T, C extends GroupCall<T>> {
  /** By tenant, who waits for what is under way. */
  readonly #waiting = new Map<number, Member<T, C>[]>()
  readonly #together: ConvoyOptions<T, C>['together']

  constructor({ together }: ConvoyOptions<T, C>) {
    this.#together = together
  }

  async join(tenantId: number, call: C, waits?: Waits): Promise<T> {
    const waiting = this.#waiting.get(tenantId)
    if (waiting === undefined) {
      this.#waiting.set(tenantId, [])
      return this.#setOut(tenantId, call)
    }
    const member: Member<T, C> = { call, turn: Promise.withResolvers() }
    waiting.push(member)
    const { promise } = member.turn
    const turn = await (waits ? waits.outsideFor(promise, () => leave(waiting, member), isOutcome) : promise)
    if (turn === 'SET_OUT') return this.#setOut(tenantId, call)
    if (turn === 'ALONE') return call.alone()
    if ('refused' in turn) throw turn.refused
    return turn.done
  }

  #setOut(tenantId: number, call: C): Promise<T> {
    let hasPassed = false
    const pass = () => {
      clearTimeout(timer)
      if (!hasPassed) this.#pass(tenantId)
      hasPassed = true
    }
    const timer = setTimeout(pass, LONGEST_ALONE_MS)
    return call.alone().finally(pass)
  }

  #pass(tenantId: number) {
    const waiting = this.#waiting.get(tenantId) ?? []
    const group = gather(waiting)
    const [first, ...others] = group
    if (!first) this.#waiting.delete(tenantId)
    else if (others.length === 0) first.turn.resolve('SET_OUT')
    else void this.#go(group).finally(() => this.#pass(tenantId))
  }

  async #go(group: readonly Member<T, C>[]) {
    const outcomes = await this.#together(group.map(({ call }) => call))
    for (const [n, { turn }] of group.entries()) turn.resolve(outcomes[n] ?? 'ALONE')
  }
}

/** Takes out those who go together: no two with a name in common, and nobody overtakes another. */
function gather<T, C extends GroupCall<T>>(waiting: Member<T, C>[]): readonly Member<T, C>[] {
  const taken = new Set<string>()
  const group: Member<T, C>[] = []
  for (let next = waiting[0]; next && group.length < LARGEST_GROUP; next = waiting[0]) {
    const { names } = next.call
    if (names.some((name) => taken.has(name))) break
    for (const name of names) taken.add(name)
    group.push(next)
    waiting.shift()
  }
  return group
}
