/** One counter: requests of one caller to one operation. Times are milliseconds of one monotonic clock. */
export interface RateWindow {
  readonly windowStart: number | null
  readonly count: number
  readonly blockedUntil: number
}

export interface RateVerdict {
  readonly isAccepted: boolean
  readonly limit: number
  readonly remaining: number
  /** Until the window or the block ends. */
  readonly resetInMs: number
}

export const RATE_WINDOW_MS = 60_000
export const freshWindow: RateWindow = { windowStart: null, count: 0, blockedUntil: 0 }

/**
 * Counts one request. A window starts with its first request; a caller who exceeds the limit is refused for a full minute
 * from the first excess request on, and requests refused meanwhile neither count nor prolong it.
 */
export function judgeRate(window: RateWindow, now: number, limit: number): readonly [RateWindow, RateVerdict] {
  if (now < window.blockedUntil) return [window, refusal(limit, window.blockedUntil - now)]
  const isOver = window.windowStart === null || now >= window.windowStart + RATE_WINDOW_MS
  const windowStart = isOver ? now : (window.windowStart ?? now)
  const count = (isOver ? 0 : window.count) + 1
  if (count > limit) {
    return [{ windowStart: null, count: 0, blockedUntil: now + RATE_WINDOW_MS }, refusal(limit, RATE_WINDOW_MS)]
  }
  const resetInMs = windowStart + RATE_WINDOW_MS - now
  return [
    { windowStart, count, blockedUntil: 0 },
    { isAccepted: true, limit, remaining: limit - count, resetInMs },
  ]
}

function refusal(limit: number, resetInMs: number): RateVerdict {
  return { isAccepted: false, limit, remaining: 0, resetInMs }
}

export interface RateLimiter {
  /** Counts a request of `caller` (an activation or a device) to `operation` against `limit` per minute. */
  count(caller: RateCaller, operation: string, limit: number): RateVerdict | Promise<RateVerdict>
}

export interface RateCaller {
  readonly tenantId: number
  readonly callerId: number
}

/** Counters of this process. With several processes each of them grants the full limit. */
export class MemoryRateLimiter implements RateLimiter {
  readonly #windows = new Map<string, RateWindow>()
  readonly #monotonicMs: () => number
  #sweptAt = 0

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
  }

  count(caller: RateCaller, operation: string, limit: number): RateVerdict {
    const now = this.#monotonicMs()
    this.#forgetOld(now)
    const key = `${caller.callerId}:${operation}`
    const [window, verdict] = judgeRate(this.#windows.get(key) ?? freshWindow, now, limit)
    this.#windows.set(key, window)
    return verdict
  }

  #forgetOld(now: number) {
    if (now - this.#sweptAt < RATE_WINDOW_MS) return
    this.#sweptAt = now
    for (const [key, { windowStart, blockedUntil }] of this.#windows) {
      if (now >= blockedUntil && now >= (windowStart ?? 0) + RATE_WINDOW_MS) this.#windows.delete(key)
    }
  }
}
