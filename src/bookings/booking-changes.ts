import { chargeCustomer, reverseCharge } from '../accounts/index.ts'
import { consumeUsages, type ContingentUse, releaseUsages, reserveUsage } from '../entitlements/index.ts'
import { isAfter } from '../platform/time/order.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { isHold, type StoredBooking, type BookingRow, updateBookings } from './booking-store.ts'
import { type ParticipantStatus, planSettlement } from './effective-state.ts'
import { bookingCanceled, bookingUpdated } from './events.ts'
import type { StoredRule } from './stored-rule-facts.ts'

/** Why a booking is canceled, as stored with it. */
export type CancelReason =
  | 'CONFIRMATION_EXPIRED'
  | 'WAITING_LIST_EXPIRED'
  | 'CUSTOMER'
  | 'STAFF'
  | 'CUSTOMER_REMOVED'
  | 'SLOT_CANCELED'
  | 'HOLD_RELEASED'
  | 'APPOINTMENT_CANCELED'

type Diff = Readonly<Record<string, readonly [unknown, unknown]>>

export function auditBooking(
  work: UnitOfWork,
  { bookingId, studioId }: Pick<StoredBooking, 'bookingId' | 'studioId'>,
  action: string,
  diff: Diff,
) {
  work.audit({ action: `booking.${action}`, entityKind: 'booking', entityId: bookingId, studioId, diff })
}

/** The same of a row that may be a hold: until a customer uses it, it is no booking. */
export function auditRow(
  work: UnitOfWork,
  row: Pick<BookingRow, 'bookingId' | 'studioId' | 'customerId'>,
  action: string,
  diff: Diff,
) {
  if (!isHold(row)) return auditBooking(work, row, action, diff)
  const { bookingId: entityId, studioId } = row
  work.audit({ action: `hold.${action}`, entityKind: 'hold', entityId, studioId, diff })
}

interface NewlyBooked {
  readonly bookingId: number
  readonly customerId: number
  readonly studioId: number
  /** What is booked, as customers read it in their account. */
  readonly title: string
}

/** Takes what the booking costs: a use of an entitlement, or the price. The customer must be locked. */
export async function takeUse(work: UnitOfWork, booked: NewlyBooked, use: ContingentUse, rule: StoredRule) {
  if (use.kind === 'ENTITLEMENT') {
    const { entitlementId, serviceDate, periodStart } = use
    await reserveUsage(work.tx, { bookingId: booked.bookingId, entitlementId, serviceDate, periodStart }, work.now)
  }
  await chargeBooking(work, booked, use, rule)
}

/** Charges a booking that is paid for with its price. The booking must be stored. */
export async function chargeBooking(work: UnitOfWork, booked: NewlyBooked, use: ContingentUse, { price }: StoredRule) {
  if (use.kind !== 'CHARGE' || price === null) return
  const { bookingId, customerId, studioId, title: description } = booked
  const sale = { kind: 'SALE', chargeType: 'SALE', amount: price, dueOn: use.dueOn } as const
  const journalKey = `booking:${bookingId}`
  const chargeClaimId = await chargeCustomer(work, { ...sale, customerId, studioId, description, journalKey })
  await updateBookings(work.tx, [bookingId], { chargeClaimId }, work.now)
}

/**
 * Cancels bookings of either kind with their events and audit lines, and holds, which send no event. In time, uses
 * and charges are given back; late, the use is consumed and the charge stays. Seats and resources are the business of
 * the caller.
 */
export async function cancelBookings(
  work: UnitOfWork,
  bookings: readonly BookingRow[],
  { reason, isLate = false }: { readonly reason: CancelReason; readonly isLate?: boolean },
) {
  if (bookings.length === 0) return
  const { tx, now } = work
  const ids = bookings.map((booking) => booking.bookingId)
  const changes = { status: 'CANCELED', cancelReason: reason, lateCancel: isLate, canceledAt: now } as const
  await Promise.all([
    isLate ? consumeUsages(tx, ids, now) : releaseUsages(tx, ids, now),
    updateBookings(tx, ids, changes, now),
  ])
  for (const booking of bookings) {
    if (!isLate && booking.chargeClaimId !== null) await reverseCharge(work, booking.chargeClaimId)
    auditRow(work, booking, 'canceled', { status: [booking.status, 'CANCELED'], reason: [null, reason] })
    const { customerId } = booking
    if (customerId !== null) work.emit(bookingCanceled({ ...booking, customerId }))
  }
}

/** Stores who came. Partners receive an event when it changes something. */
export async function recordAttendance(
  work: UnitOfWork,
  bookings: readonly StoredBooking[],
  participantStatus: ParticipantStatus,
) {
  const changed = bookings.filter((booking) => booking.participantStatus !== participantStatus)
  const ids = changed.map((booking) => booking.bookingId)
  await updateBookings(work.tx, ids, { participantStatus }, work.now)
  for (const booking of changed) {
    auditBooking(work, booking, 'attendance', { participantStatus: [booking.participantStatus, participantStatus] })
    work.emit(bookingUpdated(booking))
  }
}

/** How many seats and positions of the waiting list settling has freed. */
export interface Settled {
  readonly seats: number
  readonly waiting: number
}

/**
 * Stores what time has brought about on the open bookings of one slot or appointment, which is locked: expired holds,
 * confirmations and waiting lists, and at the end attendance and used contingents. Doing it again changes nothing.
 */
export async function settleBookings(
  work: UnitOfWork,
  bookings: readonly BookingRow[],
  attendanceDefault: ParticipantStatus,
): Promise<Settled> {
  const planned = bookings.map((booking) => ({
    booking,
    due: planSettlement({ ...booking, attendanceDefault }, work.now),
  }))
  const expiredBy = (reason: CancelReason) =>
    planned.filter(({ due }) => due && 'status' in due && due.cancelReason === reason).map(({ booking }) => booking)
  const pending = expiredBy('CONFIRMATION_EXPIRED')
  const waiting = expiredBy('WAITING_LIST_EXPIRED')
  await cancelBookings(work, pending, { reason: 'CONFIRMATION_EXPIRED' })
  await cancelBookings(work, waiting, { reason: 'WAITING_LIST_EXPIRED' })
  const over = bookings.filter(
    (booking): booking is StoredBooking => booking.status === 'BOOKED' && !isAfter(booking.end, work.now),
  )
  const ids = over.map((booking) => booking.bookingId)
  const unnoted = over.filter((booking) => booking.participantStatus === 'UNSET')
  await recordAttendance(work, unnoted, attendanceDefault)
  await Promise.all([
    consumeUsages(work.tx, ids, work.now),
    updateBookings(work.tx, ids, { settledAt: work.now }, work.now),
  ])
  return { seats: pending.length, waiting: waiting.length }
}
