import type { GuessLimit } from '../platform/entrance/guess-limiter.ts'

/** More than twenty wrong codes of one key within ten minutes close it for the rest of them. */
export const codeLimit: GuessLimit = {
  limit: 20,
  closesAt: 21,
  withinMs: 600_000,
  forgets: 'TOGETHER',
  closedMs: 'REST',
}
