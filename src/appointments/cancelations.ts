import {
  admitParticipant,
  readyBookingLock,
  cancelBookings,
  type ConfirmationVerdict,
  confirmLockedBooking,
  effectiveBookingStatus,
  findBooking,
  judgeCancelation,
  recordAttendance,
  readTerm,
  refuseLateCancelation,
} from '../bookings/index.ts'
import { inOrder } from '../platform/database/in-order.ts'
import { badRequest, notFound } from '../platform/errors/errors.ts'
import { isBefore } from '../platform/time/order.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import type { Printer } from '../platform/time/zoned-time.ts'
import { readyAppointmentLock } from './appointment-store.ts'
import { findBookable } from './bookable-store.ts'
import type { StudioAndZone } from './requests.ts'
import { closeIfEmpty, settleLockedAppointment } from './settling.ts'

interface BookingRequest {
  readonly studio: StudioAndZone
  readonly bookingId: number
}

/** Locks the appointment and its booking, in this order. Only bookings of appointments of the studio are found. */
export async function openAppointmentBooking(
  work: UnitOfWork,
  { studio, bookingId }: { readonly studio: Pick<StudioAndZone, 'studioId'>; readonly bookingId: number },
) {
  const found = await findBooking(work.tx, bookingId)
  if (found?.kind !== 'APPOINTMENT' || found.appointmentId === null || found.studioId !== studio.studioId) {
    throw notFound('booking', bookingId)
  }
  const [appointment, booking] = await inOrder(work.tx, [
    readyAppointmentLock(found.appointmentId),
    readyBookingLock(bookingId),
  ])
  if (!appointment || !booking) throw notFound('booking', bookingId)
  work.concern(booking.customerId)
  return { appointment, booking }
}

/** Cancels by the rule of the bookable; repeating it changes nothing. The last one who leaves cancels the appointment. */
export async function cancelAppointmentBooking(
  work: UnitOfWork,
  request: BookingRequest & { /** The form of the deadline in a refusal. */ readonly print?: Printer },
) {
  const { appointment, booking } = await openAppointmentBooking(work, request)
  const { zone } = request.studio
  const bookable = await findBookable(work.tx, appointment.studioId, appointment.bookableId)
  if (!bookable) throw notFound('bookableAppointment', appointment.bookableId)
  const { cancelTermValue, cancelTermUnit, cancelAfterLatest } = bookable.rule
  const cancelTerm = readTerm(cancelTermValue, cancelTermUnit)
  const verdict = judgeCancelation({ ...booking, zone, cancelTerm, cancelAfterLatest }, work.now)
  refuseLateCancelation(verdict, zone, request.print)
  await settleLockedAppointment(work, appointment)
  if (verdict.outcome !== 'CANCEL') return
  await cancelBookings(work, [booking], { reason: 'CUSTOMER', isLate: verdict.isLate })
  await closeIfEmpty(work, appointment)
}

/** Staff take a customer out at any time before the end, whatever the rule; `consume` keeps the use and the charge. */
export async function removeParticipant(
  work: UnitOfWork,
  { consume = false, ...request }: BookingRequest & { readonly consume?: boolean },
) {
  const { appointment, booking } = await openAppointmentBooking(work, request)
  if (effectiveBookingStatus(booking, work.now) === 'CANCELED') return
  if (!isBefore(work.now, booking.end)) throw badRequest('errormessage.booking.alreadyStarted')
  await cancelBookings(work, [booking], { reason: 'STAFF', isLate: consume })
  await closeIfEmpty(work, appointment)
}

/** Takes a customer who is about to be erased out of an appointment that is not over yet. */
export async function removeForErasure(work: UnitOfWork, bookingId: number) {
  const found = await findBooking(work.tx, bookingId)
  if (!found) throw notFound('booking', bookingId)
  const { appointment, booking } = await openAppointmentBooking(work, {
    studio: { studioId: found.studioId },
    bookingId,
  })
  if (effectiveBookingStatus(booking, work.now) === 'CANCELED') return
  await cancelBookings(work, [booking], { reason: 'CUSTOMER_REMOVED' })
  await closeIfEmpty(work, appointment)
}

/** Staff store whether a customer came. */
export async function setAppointmentAttendance(
  work: UnitOfWork,
  request: BookingRequest,
  attendance: 'PARTICIPATING' | 'NOT_PARTICIPATING' | 'UNSET',
) {
  const { booking } = await openAppointmentBooking(work, request)
  if (effectiveBookingStatus(booking, work.now) === 'CANCELED') throw badRequest('errormessage.booking.canceled')
  await recordAttendance(work, [booking], attendance)
  if (attendance === 'PARTICIPATING') admitParticipant(work, booking)
}

/**
 * Makes a pending booking definite, by the side that has to confirm it. At an expired one it stores the expiry; the other
 * verdicts change nothing.
 */
export async function confirmAppointmentBooking(
  work: UnitOfWork,
  request: BookingRequest,
): Promise<ConfirmationVerdict> {
  const { appointment, booking } = await openAppointmentBooking(work, request)
  const verdict = await confirmLockedBooking(work, booking)
  if (verdict === 'EXPIRE') await closeIfEmpty(work, appointment)
  return verdict
}
