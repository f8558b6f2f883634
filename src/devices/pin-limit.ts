import type { GuessLimit } from '../platform/entrance/guess-limiter.ts'

/** Ten wrong PINs at one device within five minutes lock PINs there for a minute. */
export const pinLimit: GuessLimit = {
  limit: 10,
  closesAt: 10,
  withinMs: 5 * 60_000,
  forgets: 'EACH',
  closedMs: 60_000,
}
