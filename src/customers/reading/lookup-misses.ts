import { ApiError } from '../../platform/errors/errors.ts'
import { freshWindow, judgeRate, type RateVerdict, type RateWindow } from '../../platform/entrance/rate-limit.ts'

const MISSES_PER_MINUTE = 30
const MOST_KEYS = 10_000

/** Slows down whoever guesses PINs or barcodes: more than thirty misses of one key within a minute close it for one. */
export class LookupMisses {
  readonly #monotonicMs: () => number
  readonly #windows = new Map<number, RateWindow>()

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
  }

  /** Refuses while the key is closed. */
  check(keyId: number) {
    const left = (this.#windows.get(keyId)?.blockedUntil ?? 0) - this.#monotonicMs()
    if (left > 0) throw tooMany(left)
  }

  /** Counts a miss, and refuses when it is one too many. */
  note(keyId: number) {
    if (this.#windows.size >= MOST_KEYS) this.#windows.clear()
    const known = this.#windows.get(keyId) ?? freshWindow
    const [window, verdict] = judgeRate(known, this.#monotonicMs(), MISSES_PER_MINUTE)
    this.#windows.set(keyId, window)
    if (!verdict.isAccepted) throw tooMany((verdict satisfies RateVerdict).resetInMs)
  }
}

function tooMany(leftMs: number): ApiError {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000))
  return new ApiError(429, 'errormessage.rateLimit.exceeded', {
    args: [
      { type: 'INTEGER', value: MISSES_PER_MINUTE },
      { type: 'INTEGER', value: seconds },
    ],
    headers: { 'retry-after': String(seconds) },
  })
}
