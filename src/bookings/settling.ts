import { isBefore } from '../platform/time/order.ts'
import { StartOver, type UnitOfWork } from '../platform/units/work.ts'
import type { StoredCustomerBooking, StoredCustomerFacts } from './customer-facts-store.ts'
import { effectiveBookingStatus } from './effective-state.ts'
import { bookingHooks } from './hooks.ts'

/** A slot or an appointment whose bookings time may have changed. */
export interface BookingTarget {
  readonly kind: 'CLASS' | 'APPOINTMENT'
  readonly id: number
}

/** Locks the slot or appointment and stores what is due on its bookings. */
export async function settleTarget(work: UnitOfWork, { kind, id }: BookingTarget) {
  const { settleClassSlot, settleAppointment } = bookingHooks()
  await (kind === 'CLASS' ? settleClassSlot : settleAppointment)(work, id)
}

interface Span {
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
}

function isInTheWay(booking: StoredCustomerBooking, { start, end }: Span, now: Temporal.Instant): boolean {
  if (booking.status !== 'BOOKED_WITH_CONFIRMATION_REQUIRED') return false
  if (effectiveBookingStatus(booking, now) !== 'CANCELED') return false
  return isBefore(booking.start, end) && isBefore(start, booking.end)
}

/**
 * A booking that has expired no longer stands in the way of the customer, but its row still does. Undoes this unit,
 * settles what the row belongs to, and begins again; without such a row it does nothing.
 */
export function settleInTheWay(customer: StoredCustomerFacts, main: Span, now: Temporal.Instant) {
  const expired = customer.bookings.find((booking) => isInTheWay(booking, main, now))
  const id = expired?.classSlotId ?? expired?.appointmentId
  if (!expired || !id) return
  throw new StartOver((run) => run((work) => settleTarget(work, { kind: expired.kind, id })))
}
