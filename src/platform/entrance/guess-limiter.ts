import { rateLimited } from './door.ts'

/** How many guesses are too many, and what follows. */
export interface GuessLimit {
  /** As refusals name it. */
  readonly limit: number
  /** The wrong guess that closes: that of the limit, or the first one above it. */
  readonly closesAt: number
  readonly withinMs: number
  /** When guesses are forgotten: all together when the time since the first is over, or each when its own is. */
  readonly forgets: 'TOGETHER' | 'EACH'
  /** From the guess that closes; `REST` = until the time since the first guess is over. */
  readonly closedMs: number | 'REST'
}

interface Guesses {
  /** When the wrong guesses that count were made, the first one first. */
  readonly misses: readonly number[]
  readonly closedUntil: number
}

/** A guesser who is forgotten begins anew: with more of them than this, the one whose last miss is longest ago. */
const MOST_GUESSERS = 10_000

/**
 * Slows down callers who guess secrets: so many wrong guesses within so long close for so long, after which it begins anew.
 * The caller says by its key who counts as the same guesser. Real time, and counted by each process for itself.
 */
export class GuessLimiter<K extends number | string> {
  readonly #limit: GuessLimit
  readonly #monotonicMs: () => number
  readonly #guessers = new Map<K, Guesses>()

  constructor(limit: GuessLimit, monotonicMs: () => number) {
    this.#limit = limit
    this.#monotonicMs = monotonicMs
  }

  /** Milliseconds for which the guesser stays closed; 0 when open. */
  closedMs(guesser: K): number {
    return Math.max(0, (this.#guessers.get(guesser)?.closedUntil ?? 0) - this.#monotonicMs())
  }

  /** Refuses with 429 while the guesser is closed. */
  check(guesser: K) {
    const resetInMs = this.closedMs(guesser)
    if (resetInMs > 0) throw rateLimited({ limit: this.#limit.limit, resetInMs })
  }

  /** Counts a wrong guess. One that was under way when the guesser was closed neither counts nor prolongs it. */
  recordMiss(guesser: K) {
    if (this.closedMs(guesser) > 0) return
    const now = this.#monotonicMs()
    const misses = [...this.#recent(guesser, now), now]
    const isTooMany = misses.length >= this.#limit.closesAt
    this.#remember(
      guesser,
      isTooMany ? { misses: [], closedUntil: this.#closingEnd(misses, now) } : { misses, closedUntil: 0 },
    )
  }

  #recent(guesser: K, now: number): readonly number[] {
    const { withinMs, forgets } = this.#limit
    const misses = this.#guessers.get(guesser)?.misses ?? []
    if (forgets === 'EACH') return misses.filter((at) => now < at + withinMs)
    const [first = now] = misses
    return now < first + withinMs ? misses : []
  }

  #closingEnd([first = 0]: readonly number[], now: number): number {
    const { withinMs, closedMs } = this.#limit
    return closedMs === 'REST' ? first + withinMs : now + closedMs
  }

  #remember(guesser: K, guesses: Guesses) {
    // Written anew, so that the map keeps them in the order of their last misses.
    this.#guessers.delete(guesser)
    if (this.#guessers.size >= MOST_GUESSERS) {
      const [longestAgo] = this.#guessers.keys()
      if (longestAgo !== undefined) this.#guessers.delete(longestAgo)
    }
    this.#guessers.set(guesser, guesses)
  }
}
