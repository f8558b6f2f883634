/** A longer step than this is a process that stood still, not a request that waited. */
const LONGEST_STEP_MS = 100

/**
 * Milliseconds by which waiting is measured. They pass only while the process runs: whatever holds up its event loop, a
 * neighbour, a start or a collection, uses up nobody's patience.
 */
export class WaitingClock {
  readonly #monotonicMs: () => number
  #seenAt: number
  #ms = 0

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
    this.#seenAt = monotonicMs()
  }

  now(): number {
    const at = this.#monotonicMs()
    this.#ms += Math.min(LONGEST_STEP_MS, at - this.#seenAt)
    this.#seenAt = at
    return this.#ms
  }
}
