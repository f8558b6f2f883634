/** Between which limits the number of places moves: never below the connections, so that a slow machine does all it can. */
export interface LimitBounds {
  readonly least: number
  readonly most: number
}

/** What a spell of half a second has shown. */
export interface Spell {
  /** The time that work took, as a multiple of what the same work takes at its best; undefined when none ended. */
  readonly slowness: number | undefined
  /** Whether a request waited for a place. */
  readonly isFull: boolean
}

/** Beyond this multiple more work at once only makes each piece slower. */
const TOO_SLOW = 2
const DECREASE = 0.9

export const limitBounds = (connections: number): LimitBounds => ({ least: connections, most: 8 * connections })
export const firstLimit = (connections: number) => 2 * connections

/** Additive increase while places are missing and work is quick, multiplicative decrease when it is slow. */
export function nextLimit(limit: number, { slowness, isFull }: Spell, { least, most }: LimitBounds): number {
  if (slowness === undefined) return limit
  if (slowness > TOO_SLOW) return Math.max(least, Math.floor(limit * DECREASE))
  return isFull ? Math.min(most, limit + 1) : limit
}

/** The time that one operation took in one spell, on average; `spell` counts spells. */
export interface MeanTime {
  readonly spell: number
  readonly ms: number
}

/** A minute of spells. */
const REMEMBERED_SPELLS = 120

/**
 * The mean times that matter for the best of the last minute, oldest first: one that is followed by a better one is never
 * the best again.
 */
export function rememberTime(times: readonly MeanTime[], latest: MeanTime): readonly MeanTime[] {
  const kept = times.filter(({ spell, ms }) => spell > latest.spell - REMEMBERED_SPELLS && ms < latest.ms)
  return [...kept, latest]
}

export const bestTime = (times: readonly MeanTime[]): number => times[0]?.ms ?? 0
