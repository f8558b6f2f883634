import { type NewUsage, usageColumns, usageQuery, usageValues } from '../../entitlements/index.ts'
import { formatInstantRange } from '../../platform/database/columns.ts'
import type { Tx } from '../../platform/database/database.ts'
import { refusals } from '../../platform/database/refusals.ts'
import { type PartKind, readyParts, type WritePart } from '../../platform/units/write-parts.ts'
import type { NewBooking } from '../../bookings/index.ts'

// writes bookings: the seat and the booking that takes it are stored by one statement, with the commit.
/** A booking with the seat in its slot that it takes, and the use of a contingent that it costs. */
export interface SeatedBooking {
  readonly booking: Omit<NewBooking, 'kind' | 'appointmentId'>
  readonly use: Omit<NewUsage, 'bookingId'> | null
  /** Staff may let more people in than there are seats. */
  readonly force: boolean
}

/**
 * Seats or positions in the queue, bookings and uses. A slot takes all its bookings or none. It is looked up by its id even
 * where a plan is made before it is known how many there are.
 */
const seating: PartKind = {
  name: 'seating',
  requires: { rowsFrom: 'booked', orElse: refusals.nothingLeft },
  queries: `
    wanted as (
      select * from jsonb_to_recordset(:rows::jsonb) as booking(id bigint, "studioId" bigint, "customerId" bigint,
        "classSlotId" bigint, during tstzrange, status text, "customerExclusive" boolean, "trialOfferConfigId" bigint,
        "confirmKind" text, "confirmDeadline" timestamptz, "queueNo" int, channel text, "isQueued" boolean, force boolean,
        now timestamptz, ${usageColumns})),
    asked as (
      select "classSlotId" as slot_id, count(*) filter (where not "isQueued")::int as seats,
        count(*) filter (where "isQueued")::int as queued, bool_or(force) as force
      from wanted group by "classSlotId"),
    slot as (
      update class_slots set
        booked_count = booked_count + asked.seats,
        waiting_count = waiting_count + asked.queued,
        next_queue_no = next_queue_no + asked.queued
      from asked
      where id = any(array(select "classSlotId" from wanted)) and id = asked.slot_id and status = 'PLANNED'
        and (asked.queued = 0 or waiting_count + asked.queued <= coalesce(max_waiting, 0))
        and (asked.seats = 0 or max_participants is null or asked.force
          or booked_count + additional_participants + asked.seats <= max_participants)
      returning id),
    booked as (
      insert into bookings (id, studio_id, kind, customer_id, class_slot_id, during, status, customer_exclusive,
        trial_offer_config_id, confirm_kind, confirm_deadline, queue_no, channel, created_at, updated_at)
      select id, "studioId", 'CLASS', "customerId", "classSlotId", during, status, "customerExclusive",
        "trialOfferConfigId", "confirmKind", "confirmDeadline", "queueNo", channel, now, now
      from wanted where "classSlotId" in (select id from slot)
      returning id),
    used as (${usageQuery('wanted', 'booked')})`,
}

/** Takes a seat in a planned slot, or fails. Slot and customer are locked, and the seat was free under the lock. */
export function seatBooking(tx: Tx, seated: SeatedBooking, now: Temporal.Instant): Promise<unknown> {
  return readyParts([seatingPart(seated, now)]).send(tx)
}

/** The same together with the commit, where no code reads its result: without a seat the whole unit fails. */
export function seatingPart({ booking, use, force }: SeatedBooking, now: Temporal.Instant): WritePart {
  const row = {
    ...booking,
    during: formatInstantRange(booking.during),
    confirmDeadline: booking.confirmDeadline?.toString() ?? null,
    isQueued: booking.status === 'WAITING_LIST',
    force,
    now: now.toString(),
    ...usageValues(use),
  }
  return { kind: seating, rows: [row] }
}
