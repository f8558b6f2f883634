import type { GuessLimit } from '../../platform/entrance/guess-limiter.ts'

/** More than thirty PINs and barcodes of nobody with one key within a minute close it for a minute. */
export const lookupLimit: GuessLimit = {
  limit: 30,
  closesAt: 31,
  withinMs: 60_000,
  forgets: 'TOGETHER',
  closedMs: 60_000,
}
