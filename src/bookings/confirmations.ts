import type { UnitOfWork } from '../platform/units/work.ts'
import { auditBooking, cancelBookings } from './booking-changes.ts'
import { type StoredBooking, updateBookings } from './booking-store.ts'
import type { BreakableRule } from './rules/check-rules.ts'
import { type ConfirmationVerdict, judgeConfirmation } from './rules/confirmation-rules.ts'
import { bookingCreated } from './events.ts'

/** Rules that staff break on purpose; each of them is named in the audit line of the booking. */
export interface Force {
  readonly broken?: readonly BreakableRule[]
}

/** The part of a confirmation that both kinds of booking share; seat or resources are the business of the caller. */
export async function confirmLockedBooking(work: UnitOfWork, booking: StoredBooking): Promise<ConfirmationVerdict> {
  const verdict = judgeConfirmation(booking, work.now)
  if (verdict === 'CONFIRM') {
    await updateBookings(work.tx, [booking.bookingId], { status: 'BOOKED', confirmedAt: work.now }, work.now)
    auditBooking(work, booking, 'confirmed', { status: [booking.status, 'BOOKED'] })
    work.emit(bookingCreated(booking))
  }
  if (verdict === 'EXPIRE') await cancelBookings(work, [booking], { reason: 'CONFIRMATION_EXPIRED' })
  return verdict
}
