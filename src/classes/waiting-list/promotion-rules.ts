import type { ClassSlotFacts } from '../class-facts.ts'
import { countFreeSeats } from '../bookings/booking-rules.ts'
import { deadlineAt, type Term } from '../../bookings/rules/term-rules.ts'
import { isAfter } from '../../platform/time/order.ts'

/** A waiting booking. `triedDrainNo` is the number of the last drain that asked it in vain. */
export interface WaitingEntry {
  readonly bookingId: number
  readonly queueNo: number
  readonly triedDrainNo: number | null
}

/**
 * Whether what has just freed a seat must raise the promotion flag (and with it the number of the drain): a customer
 * waits, and the promotion cutoff (inclusive, without a term the start) has not passed.
 */
export function mustPromote(
  slot: Pick<ClassSlotFacts, 'start' | 'waitingCount'>,
  cutoff: { readonly term: Term | null; readonly zone: string },
  now: Temporal.Instant,
): boolean {
  const deadline = cutoff.term === null ? slot.start : deadlineAt(slot.start, cutoff.term, cutoff.zone)
  return slot.waitingCount > 0 && !isAfter(now, deadline)
}

/**
 * The entry that a drain asks next: the first in the queue which this drain has not asked yet. Null ends the drain
 * and clears the flag, because no seat is free or everybody was asked.
 */
export function nextToPromote(
  slot: Pick<ClassSlotFacts, 'maxParticipants' | 'bookedCount' | 'additionalParticipants'>,
  queue: readonly WaitingEntry[],
  drainNo: number,
): WaitingEntry | null {
  if (countFreeSeats(slot) <= 0) return null
  const untried = queue.filter((entry) => entry.triedDrainNo !== drainNo)
  return untried.toSorted((a, b) => a.queueNo - b.queueNo)[0] ?? null
}
