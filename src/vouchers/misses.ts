import { ApiError } from '../platform/errors/errors.ts'

const MOST_MISSES = 20
const WINDOW_MS = 600_000
const MOST_KEYS = 10_000

/** Slows down whoever guesses codes: more than twenty misses of one key within ten minutes close it for the rest of them. */
export class VoucherMisses {
  readonly #monotonicMs: () => number
  readonly #windows = new Map<number, { readonly since: number; count: number }>()

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
  }

  /** Refuses while the key is closed. */
  check(keyId: number) {
    const window = this.#windowOf(keyId)
    if (window && window.count > MOST_MISSES) throw tooMany(window.since + WINDOW_MS - this.#monotonicMs())
  }

  /** Counts a miss, and refuses when it is one too many. */
  note(keyId: number) {
    if (this.#windows.size >= MOST_KEYS) this.#windows.clear()
    const window = this.#windowOf(keyId) ?? { since: this.#monotonicMs(), count: 0 }
    window.count += 1
    this.#windows.set(keyId, window)
    this.check(keyId)
  }

  #windowOf(keyId: number) {
    const window = this.#windows.get(keyId)
    return window && this.#monotonicMs() < window.since + WINDOW_MS ? window : undefined
  }
}

function tooMany(leftMs: number): ApiError {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000))
  return new ApiError(429, 'errormessage.rateLimit.exceeded', {
    args: [
      { type: 'INTEGER', value: MOST_MISSES },
      { type: 'INTEGER', value: seconds },
    ],
    headers: { 'retry-after': String(seconds) },
  })
}
