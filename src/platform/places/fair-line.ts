import type { Demand } from './demand.ts'
import { chooseNext, type Head, isServedBefore, type Shares, withinShare } from './fair-line-rules.ts'

/** Below the order of every newcomer. */
const AHEAD = -(2 ** 40)

/** Waiters in lanes, one for each holder and class: choosing reads the first of each lane only. */
export class FairLine<W extends { readonly demand: Demand }> {
  readonly #lanes = new Map<string, Set<W & Head>>()
  readonly #entries = new Map<W, { readonly lane: string; readonly entry: W & Head }>()
  #arrivals = 0
  #grants = 0

  get size() {
    return this.#entries.size
  }

  /** `isKnown`: it was admitted before and goes ahead of new ones of its class. */
  add(waiter: W, { isKnown = false } = {}) {
    this.#arrivals += 1
    const order = isKnown ? AHEAD + this.#arrivals : this.#arrivals
    const { rank, holder } = waiter.demand
    const lane = `${isKnown ? 'known' : 'new'} ${rank} ${holder}`
    const entry = Object.assign(waiter, { order })
    const waiting = this.#lanes.get(lane) ?? new Set()
    this.#lanes.set(lane, waiting.add(entry))
    this.#entries.set(waiter, { lane, entry })
  }

  /** Whether it was waiting. */
  remove(waiter: W): boolean {
    const found = this.#entries.get(waiter)
    if (!found) return false
    this.#entries.delete(waiter)
    const lane = this.#lanes.get(found.lane)
    lane?.delete(found.entry)
    if (lane?.size === 0) this.#lanes.delete(found.lane)
    return true
  }

  /** Takes out who is served next among those that `mayTake` admits. */
  take(shares: Shares, mayTake: (demand: Demand) => boolean = () => true): W | undefined {
    const heads = this.heads().filter(({ demand }) => mayTake(demand))
    const next = chooseNext(heads, shares, this.#grants)
    if (!next) return undefined
    this.#grants += 1
    this.remove(next)
    return next
  }

  heads(): (W & Head)[] {
    return [...this.#lanes.values()].flatMap((lane) => {
      for (const first of lane) return [first]
      return []
    })
  }

  /**
   * How many are served before a newcomer: those of its tenant, and of the others those within their share; neither in
   * classes below its own.
   */
  countAhead({ rank, tenantId }: Demand, shares: Shares): number {
    const fair = new Set<Head>(withinShare(this.heads(), shares))
    let ahead = 0
    for (const lane of this.#lanes.values()) {
      for (const first of lane) {
        const counts = first.demand.tenantId === tenantId || fair.has(first)
        if (counts && isServedBefore(first.demand.rank, rank)) ahead += lane.size
        break
      }
    }
    return ahead
  }

  [Symbol.iterator](): Iterator<W> {
    return this.#entries.keys()
  }
}
