import type { RealTime } from '../../src/platform/time/clock.ts'

/** Real time that passes only when a test moves it: expiry, caches and rate limits without waiting. */
export interface ManualTime extends RealTime {
  pass(duration: Temporal.DurationLike): void
}

export function manualTime(from = '2026-06-15T12:00:00Z'): ManualTime {
  let now = Temporal.Instant.from(from)
  return {
    now: () => now,
    monotonicMs: () => now.epochMilliseconds,
    pass: (duration) => {
      now = now.add(duration)
    },
  }
}
