import { randomUUID } from 'node:crypto'

/** What the fifteenth digit of a random UUID says, and everything before it: the version and what ours replaces. */
const BEFORE_RANDOM = 15

/** A UUID of version 7: its first 48 bits are the millisecond of `at`, so that ids sort by time. */
export function uuidv7(at: Temporal.Instant): string {
  const time = at.epochMilliseconds.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(BEFORE_RANDOM)}`
}
