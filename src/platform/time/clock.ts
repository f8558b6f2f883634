/**
 * The only file that asks the machine for the time. Business code never does: it is handed `now` by its unit of work,
 * and that `now` follows the clock of the tenant (see `tenant-clock.ts`).
 */
export interface RealTime {
  /** Wall-clock time of the machine: expiry of signatures, rate-limit headers, logs. */
  now(): Temporal.Instant
  /** Milliseconds that never jump: rate limits, leases, caches. */
  monotonicMs(): number
}

export const realTime: RealTime = {
  now: () => Temporal.Now.instant(),
  monotonicMs: () => performance.now(),
}

/** For libraries that know no Temporal. */
export const legacyDate = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds)

/** SYSTEM follows the machine, OFFSET runs ahead of or behind it, FROZEN stands still. */
export type ClockState =
  | { readonly mode: 'SYSTEM' }
  | { readonly mode: 'OFFSET'; readonly offsetMs: number }
  | { readonly mode: 'FROZEN'; readonly frozenAt: Temporal.Instant }

/** The earliest time that an archive (ZIP) can hold, for archives whose bytes must not depend on when they were made. */
export const firstArchiveTime = new Date(1980, 0, 1)
