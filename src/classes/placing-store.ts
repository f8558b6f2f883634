import { usageInsertPart } from '../entitlements/index.ts'
import { formatInstantRange } from '../platform/database/columns.ts'
import type { Tx } from '../platform/database/database.ts'
import { runParts, type WritePart } from '../platform/units/write-parts.ts'
import type { NewBooking } from '../bookings/index.ts'

// writes bookings: the seat and the booking that takes it are stored by one statement, with the commit.
/** A booking with the place in its slot that it takes, and the use of a contingent that it costs. */
export interface SeatedBooking {
  readonly booking: Omit<NewBooking, 'kind' | 'appointmentId'>
  readonly use: {
    readonly entitlementId: number
    readonly serviceDate: Temporal.PlainDate
    readonly periodStart: Temporal.PlainDate
  } | null
  /** Staff may let more people in than there are places. */
  readonly force: boolean
}

/** Seat or place in the queue, booking and use. */
const queries = `
    place as (
      update class_slots set
        booked_count = booked_count + (not $16::boolean)::int,
        waiting_count = waiting_count + $16::boolean::int,
        next_queue_no = next_queue_no + $16::boolean::int
      where id = $1::bigint and status = 'PLANNED' and case
        when $16::boolean then waiting_count < coalesce(max_waiting, 0)
        else max_participants is null or booked_count + additional_participants < max_participants or $15::boolean end
      returning id),
    booked as (
      insert into bookings (id, studio_id, kind, customer_id, class_slot_id, during, status, customer_exclusive,
        trial_offer_config_id, confirm_kind, confirm_deadline, queue_no, channel, created_at, updated_at)
      select $2::bigint, $3::bigint, 'CLASS', $4::bigint, place.id, $5::tstzrange, $6,
        $7::boolean, $8::bigint, $9, $10::timestamptz, $11::int, $12, $13::timestamptz, $13::timestamptz
      from place
      returning id),
    used as (${usageInsertPart({
      booked: 'booked',
      entitlementId: '$14',
      serviceDate: '$17',
      periodStart: '$18',
      now: '$13',
    })})`

/** Takes a place in a planned slot, or fails. Slot and customer are locked, and the place was free under the lock. */
export function seatBooking(tx: Tx, placed: SeatedBooking, now: Temporal.Instant): Promise<unknown> {
  return runParts(tx, [placingPart(placed, now)])
}

/** The same together with the commit, where nobody looks at its result: without a place the whole unit fails. */
export function placingPart({ booking, use, force }: SeatedBooking, now: Temporal.Instant): WritePart {
  const values = [
    booking.classSlotId,
    booking.id,
    booking.studioId,
    booking.customerId,
    formatInstantRange(booking.during),
    booking.status,
    booking.customerExclusive,
    booking.trialOfferConfigId,
    booking.confirmKind,
    booking.confirmDeadline?.toString() ?? null,
    booking.queueNo,
    booking.channel,
    now.toString(),
    use?.entitlementId ?? null,
    force,
    booking.status === 'WAITING_LIST',
    use?.serviceDate.toString() ?? null,
    use?.periodStart.toString() ?? null,
  ]
  return { name: 'placing', queries, values, check: '1 / (select count(*) from booked)' }
}
