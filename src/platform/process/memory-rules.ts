/** What is known when it is asked whether a collection is worth its pause. */
export interface MemoryFacts {
  /** Share of the time since the last question in which the process had something to do. */
  readonly busyShare: number
  readonly residentBytes: number
  /** What it held after the last collection of this kind; 0 before the first. */
  readonly heldAfterLast: number
}

const MB = 1024 ** 2
/** Workers that ask whether there is work take less. */
const QUIET_SHARE = 0.1
/** Up to here the process holds what it may hold while it waits. */
const ENOUGH_BYTES = 220 * MB
/** A collection that finds nothing is not repeated before so much has come. */
const WORTH_BYTES = 15 * MB

/** Whether a rush is over that has left memory behind. */
export function isWorthCollecting({ busyShare, residentBytes, heldAfterLast }: MemoryFacts): boolean {
  const isOver = residentBytes > ENOUGH_BYTES && residentBytes > heldAfterLast + WORTH_BYTES
  return isOver && busyShare < QUIET_SHARE
}
