import { isAfter } from '../../platform/time/order.ts'

/** When a slot takes place. */
export interface SlotTime {
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
}

export type SlotTimeFault = 'END_NOT_AFTER_START' | 'START_IN_PAST' | 'END_IN_PAST'

/**
 * What is wrong with the time that staff give to a slot; `before` is the time that it had, if it is not new. A slot that
 * runs keeps its start and may end at another time to come. A slot moved into the past would be over at once, with all
 * its bookings attended or used up.
 */
export function findSlotTimeFault(
  wanted: SlotTime,
  before: SlotTime | null,
  now: Temporal.Instant,
): SlotTimeFault | undefined {
  if (!isAfter(wanted.end, wanted.start)) return 'END_NOT_AFTER_START'
  const isMoved = before === null || !wanted.start.equals(before.start)
  if (isMoved && !isAfter(wanted.start, now)) return 'START_IN_PAST'
  return isAfter(wanted.end, now) ? undefined : 'END_IN_PAST'
}
