import { and, eq, inArray, isNull, lt, ne, sql } from 'drizzle-orm'
import { constant } from '../../platform/database/columns.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { type NewBooking, rowState } from '../booking-store.ts'
import { bookings } from '../tables.ts'

/** Who holds: an integration in one of its studios. */
export interface Holder {
  readonly studioId: number
  readonly integrationId: number
}

/** A hold, with the integration that has it. */
export interface HoldReference extends Holder {
  readonly holdId: number
}

/** Another unit that adds one more hold for the same integration in the same studio waits until this one ends, so that their number holds. */
export async function lockHolder(tx: Tx, { studioId, integrationId }: Holder) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`hold:${studioId}`}, ${integrationId}))`)
}

/** How many holds there are at `now`. The bound on both sides keeps bookings that wait for weeks out of the way. */
export async function countLiveHolds(
  db: Queryable,
  { studioId, integrationId }: Holder,
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(bookings)
    .where(
      and(
        eq(bookings.status, constant('BOOKED_WITH_CONFIRMATION_REQUIRED')),
        sql`${bookings.confirmDeadline} between ${from.toString()}::timestamptz and ${until.toString()}::timestamptz`,
        eq(bookings.heldBy, integrationId),
        eq(bookings.studioId, studioId),
        eq(bookings.confirmKind, constant('HOLD')),
      ),
    )
  return row?.count ?? 0
}

/** A hold that is to be stored. */
export interface NewHold extends Holder {
  readonly target: { readonly classSlotId: number } | { readonly appointmentId: number }
  readonly during: { readonly from: Temporal.Instant; readonly until: Temporal.Instant }
  readonly until: Temporal.Instant
}

export async function insertHold(tx: Tx, hold: NewHold, now: Temporal.Instant): Promise<number> {
  const { studioId, integrationId, target, during, until } = hold
  const rows = await tx
    .insert(bookings)
    .values({
      studioId,
      ...target,
      during,
      kind: 'classSlotId' in target ? 'CLASS' : 'APPOINTMENT',
      customerId: null,
      status: 'BOOKED_WITH_CONFIRMATION_REQUIRED',
      confirmKind: 'HOLD',
      confirmDeadline: until,
      customerExclusive: false,
      channel: 'TRIAL_OFFER',
      heldBy: integrationId,
      heldUntil: until,
      createdAt: now,
      updatedAt: now,
    })
    .returning({ id: bookings.id })
  return returnedId(rows)
}

const heldUntil = sql<Temporal.Instant>`${bookings.heldUntil}`.mapWith(bookings.heldUntil)

const holds = (db: Queryable, { holdId, studioId }: HoldReference) =>
  db
    .select({ ...rowState, heldBy: bookings.heldBy, heldUntil })
    .from(bookings)
    .where(and(eq(bookings.id, holdId), eq(bookings.studioId, studioId)))

/** A hold of the caller, whatever has become of it. */
export async function findHold(db: Queryable, reference: HoldReference) {
  const [row] = await holds(db, reference)
  return row?.heldBy === reference.integrationId ? row : undefined
}

export type StoredHold = NonNullable<Awaited<ReturnType<typeof findHold>>>

/** As {@link findHold}; another unit that changes it waits until this one ends. The slot or appointment comes first. */
export async function lockHold(tx: Tx, reference: HoldReference): Promise<StoredHold | undefined> {
  const [row] = await holds(tx, reference).for('no key update')
  return row?.heldBy === reference.integrationId ? row : undefined
}

type Target = 'kind' | 'classSlotId' | 'appointmentId'

/** Makes the hold the booking of a customer: the same row, which keeps its seat or appointment. */
export async function claimHold(tx: Tx, booking: Omit<NewBooking, Target>, now: Temporal.Instant) {
  const { id, customerId, status, customerExclusive, trialOfferConfigId, confirmKind, confirmDeadline } = booking
  const claimed = await tx
    .update(bookings)
    .set({
      customerId,
      status,
      customerExclusive,
      trialOfferConfigId,
      confirmKind,
      confirmDeadline,
      channel: booking.channel,
      createdAt: now,
      updatedAt: now,
    })
    .where(and(eq(bookings.id, id), isNull(bookings.customerId), ne(bookings.status, 'CANCELED')))
    .returning({ id: bookings.id })
  if (claimed.length !== 1) throw new Error('A hold that was free under its lock is gone.')
}

/** Forgets holds that ended before a moment and that nobody used. Returns a row for each, with the appointment it was in. */
export function deleteEndedHolds(tx: Tx, before: Temporal.Instant, size: number) {
  const ended = tx
    .select({ id: bookings.id })
    .from(bookings)
    .where(and(isNull(bookings.customerId), eq(bookings.status, constant('CANCELED')), lt(bookings.heldUntil, before)))
    .limit(size)
  return tx.delete(bookings).where(inArray(bookings.id, ended)).returning({ appointmentId: bookings.appointmentId })
}
