import { type NewUsage, usageQuery, usageValues } from '../entitlements/index.ts'
import { formatInstantRange } from '../platform/database/columns.ts'
import type { Tx } from '../platform/database/database.ts'
import { refusals } from '../platform/database/refusals.ts'
import { readyParts, type WritePart } from '../platform/units/write-parts.ts'
import type { NewBooking } from '../bookings/index.ts'

// writes bookings: the seat and the booking that takes it are stored by one statement, with the commit.
/** A booking with the seat in its slot that it takes, and the use of a contingent that it costs. */
export interface SeatedBooking {
  readonly booking: Omit<NewBooking, 'kind' | 'appointmentId'>
  readonly use: Omit<NewUsage, 'bookingId'> | null
  /** Staff may let more people in than there are seats. */
  readonly force: boolean
}

/** Seat or place in the queue, booking and use. */
const queries = `
    place as (
      update class_slots set
        booked_count = booked_count + (not :isQueued::boolean)::int,
        waiting_count = waiting_count + :isQueued::boolean::int,
        next_queue_no = next_queue_no + :isQueued::boolean::int
      where id = :classSlotId::bigint and status = 'PLANNED' and case
        when :isQueued::boolean then waiting_count < coalesce(max_waiting, 0)
        else max_participants is null or booked_count + additional_participants < max_participants or :force::boolean end
      returning id),
    booked as (
      insert into bookings (id, studio_id, kind, customer_id, class_slot_id, during, status, customer_exclusive,
        trial_offer_config_id, confirm_kind, confirm_deadline, queue_no, channel, created_at, updated_at)
      select :id::bigint, :studioId::bigint, 'CLASS', :customerId::bigint, place.id, :during::tstzrange, :status,
        :customerExclusive::boolean, :trialOfferConfigId::bigint, :confirmKind, :confirmDeadline::timestamptz, :queueNo::int,
        :channel, :now::timestamptz, :now::timestamptz
      from place
      returning id),
    used as (${usageQuery('booked')})`

/** Takes a seat in a planned slot, or fails. Slot and customer are locked, and the seat was free under the lock. */
export function seatBooking(tx: Tx, placed: SeatedBooking, now: Temporal.Instant): Promise<unknown> {
  return readyParts([placingPart(placed, now)]).send(tx)
}

/** The same together with the commit, where no code reads its result: without a seat the whole unit fails. */
export function placingPart({ booking, use, force }: SeatedBooking, now: Temporal.Instant): WritePart {
  const values = {
    ...booking,
    during: formatInstantRange(booking.during),
    confirmDeadline: booking.confirmDeadline?.toString() ?? null,
    isQueued: booking.status === 'WAITING_LIST',
    force,
    ...usageValues(use, now),
  }
  return { name: 'placing', queries, values, requires: { rowFrom: 'booked', orElse: refusals.nothingLeft } }
}
