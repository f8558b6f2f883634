import { bestTime, type MeanTime, rememberTime, type Spell } from './work-limit-rules.ts'

const SPELL_MS = 500
/** The rate is that of the last spells of a queue. */
const RATE_SPELLS = 4
/** What less time has shown is no rate yet. */
const SHORTEST_RATE_MS = 250

interface Tally {
  count: number
  ms: number
}

/** How quickly work goes: how much ends in a second, and how slow it is against its best of the last minute. */
export class WorkPace {
  readonly #now: () => number
  readonly #times = new Map<string, readonly MeanTime[]>()
  #tallies = new Map<string, Tally>()
  #spell = 0
  #spellBegan: number
  #ended: { readonly at: number; count: number }[] = []
  /** Since when there have been waiting requests; undefined when there are none. */
  #fullSince: number | undefined
  #wasFull = false

  constructor(now: () => number) {
    this.#now = now
    this.#spellBegan = now()
  }

  /** How long there has been a queue without a break, in milliseconds. */
  get standingMs(): number {
    return this.#fullSince === undefined ? 0 : this.#now() - this.#fullSince
  }

  /** To be called whenever a queue begins or ends. */
  setQueued(isThere: boolean) {
    if (isThere) this.#wasFull = true
    if (isThere === (this.#fullSince !== undefined)) return
    this.#fullSince = isThere ? this.#now() : undefined
    this.#ended = []
  }

  /** A piece of work of this kind has ended after `ms`. Answers what the spell has shown, if it is over with it. */
  record(kind: string, ms: number): Spell | undefined {
    const tally = this.#tallies.get(kind) ?? { count: 0, ms: 0 }
    tally.count += 1
    tally.ms += ms
    this.#tallies.set(kind, tally)
    const now = this.#now()
    if (this.#fullSince !== undefined) this.#countEnd(now)
    return now - this.#spellBegan < SPELL_MS ? undefined : this.#endSpell(now)
  }

  /** Pieces of work a second while there is a queue; undefined as long as nobody can know. */
  get perSecond(): number | undefined {
    if (this.#fullSince === undefined) return undefined
    const now = this.#now()
    const within = Math.min(now - this.#fullSince, RATE_SPELLS * SPELL_MS)
    if (within < SHORTEST_RATE_MS) return undefined
    const ended = this.#ended.filter(({ at }) => at > now - within).reduce((sum, { count }) => sum + count, 0)
    return ended === 0 ? undefined : (ended * 1000) / within
  }

  /** Counted by tenths of a second, so that a busy process remembers no more than a slow one. */
  #countEnd(now: number) {
    const last = this.#ended.at(-1)
    if (last && now - last.at < 100) last.count += 1
    else this.#ended.push({ at: now, count: 1 })
    if (this.#ended.length > 10 * RATE_SPELLS) this.#ended.shift()
  }

  #endSpell(now: number): Spell {
    let [took, couldTake] = [0, 0]
    for (const [kind, { count, ms }] of this.#tallies) {
      const times = rememberTime(this.#times.get(kind) ?? [], { spell: this.#spell, ms: ms / count })
      this.#times.set(kind, times)
      took += ms
      couldTake += count * bestTime(times)
    }
    const shown = { slowness: couldTake > 0 ? took / couldTake : undefined, isFull: this.#wasFull }
    this.#tallies = new Map()
    this.#spell += 1
    this.#spellBegan = now
    this.#wasFull = this.#fullSince !== undefined
    return shown
  }
}
