const MISSES = 10
const WITHIN_MS = 5 * 60_000
const LOCKED_MS = 60_000
const MOST_DEVICES = 10_000

interface Guesses {
  readonly misses: readonly number[]
  readonly lockedUntil: number
}

/**
 * Ten wrong PINs at one device within five minutes lock PINs there for a minute, after which it begins anew. Real time,
 * and counted by each process for itself.
 */
export class PinLock {
  readonly #monotonicMs: () => number
  readonly #guesses = new Map<number, Guesses>()

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
  }

  /** Seconds for which PINs stay locked at the device, rounded up; 0 when they are not. */
  secondsLeft(deviceId: number): number {
    const left = (this.#guesses.get(deviceId)?.lockedUntil ?? 0) - this.#monotonicMs()
    return Math.max(0, Math.ceil(left / 1000))
  }

  noteMiss(deviceId: number) {
    const now = this.#monotonicMs()
    const recent = (this.#guesses.get(deviceId)?.misses ?? []).filter((at) => now < at + WITHIN_MS)
    const misses = [...recent, now]
    if (this.#guesses.size >= MOST_DEVICES) this.#guesses.clear()
    const isLocked = misses.length >= MISSES
    this.#guesses.set(deviceId, isLocked ? { misses: [], lockedUntil: now + LOCKED_MS } : { misses, lockedUntil: 0 })
  }
}
