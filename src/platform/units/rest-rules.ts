/** While others work a row takes a third of the time: it rests for twice as long as its last group took. */
const REST = 2
/** A call that waits for the row is served within this, half of what a booking waits at most; a rest must not cost more. */
const SERVED_WITHIN_MS = 2500

/** How long a row rests after a group that took `tookMs`, while `groups` more of the largest size wait for it. */
export function findRest(tookMs: number, groups: number): number {
  const roomMs = SERVED_WITHIN_MS / Math.ceil(groups) - tookMs
  return Math.max(0, Math.min(REST * tookMs, roomMs))
}
