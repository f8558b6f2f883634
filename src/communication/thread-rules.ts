import { isAfter } from '../platform/time/order.ts'

export type ThreadStatus = 'CREATED' | 'ONGOING' | 'CLOSED'

/** A conversation does not become new again: it goes on, ends, or is opened once more. */
export function judgeThreadStep(from: ThreadStatus, to: ThreadStatus): 'ALLOWED' | 'REFUSED' {
  return to === 'CREATED' && from !== 'CREATED' ? 'REFUSED' : 'ALLOWED'
}

/** Clocks differ: so far ahead of ours a communication may claim to have happened. */
const TOLERANCE_MINUTES = 5

export function judgeMoment(at: Temporal.Instant, now: Temporal.Instant): 'FINE' | 'IN_FUTURE' {
  return isAfter(at, now.add({ minutes: TOLERANCE_MINUTES })) ? 'IN_FUTURE' : 'FINE'
}
