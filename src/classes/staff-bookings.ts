import { everybody } from '../customers/index.ts'
import { badRequest } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import {
  admitParticipant,
  cancelBookings,
  type ConfirmationVerdict,
  confirmLockedBooking,
  effectiveBookingStatus,
  type Force,
  judgeConfirmation,
  listQueue,
  recordAttendance,
  type ParticipantStatus,
  refuseBooking,
  settleInTheWay,
  type StoredBooking,
  updateBookings,
} from '../bookings/index.ts'
import { isBefore } from '../platform/time/order.ts'
import { countFreeSeats, judgePromotion, planPromotion } from './bookings/booking-rules.ts'
import { bookClassSlot, type CreatedBooking } from './bookings/class-bookings.ts'
import { giveBackSeat, openClassBooking } from './class-cancelations.ts'
import { openEntry, promote } from './waiting-list/promotion.ts'
import { drainFirst } from './upkeep.ts'

/** Staff book a slot for a customer. */
export function bookForCustomer(
  work: UnitOfWork,
  wish: { readonly customerId: number; readonly classSlotId: number },
  { broken = [] }: Force = {},
): Promise<CreatedBooking> {
  return bookClassSlot(work, { ...wish, studioId: null, sight: everybody }, { channel: 'STAFF', broken })
}

/** Staff cancel a booking of a class at any time before its end; nothing is kept of contingent and charge. */
export async function cancelForCustomer(work: UnitOfWork, bookingId: number) {
  const { facts, booking } = await openClassBooking(work, { studioId: null, bookingId })
  if (effectiveBookingStatus(booking, work.now) === 'CANCELED') return
  if (!isBefore(work.now, booking.end)) throw badRequest('errormessage.booking.alreadyStarted')
  await cancelBookings(work, [booking], { reason: 'STAFF' })
  await giveBackSeat(work, facts, booking)
}

/** Takes a customer who is about to be erased out of a class that is not over yet. */
export async function cancelForErasure(work: UnitOfWork, bookingId: number) {
  const { facts, booking } = await openClassBooking(work, { studioId: null, bookingId })
  if (effectiveBookingStatus(booking, work.now) === 'CANCELED') return
  await cancelBookings(work, [booking], { reason: 'CUSTOMER_REMOVED' })
  await giveBackSeat(work, facts, booking)
}

/** Staff give a waiting customer a seat out of turn, by the checks of every promotion, and beyond the maximum if they insist. */
export async function promoteByHand(work: UnitOfWork, bookingId: number, { broken = [] }: Force = {}) {
  const { facts, booking } = await openClassBooking(work, { studioId: null, bookingId })
  drainFirst(facts)
  const entry = (await listQueue(work.tx, facts.row.id)).find((one) => one.bookingId === bookingId)
  if (!entry) throw refuseState(booking, work.now)
  const all = await openEntry(work, facts, entry)
  if (!all) throw refuseBooking('NOT_AVAILABLE')
  settleInTheWay(all.customer, facts.slot, work.now)
  const verdict = judgePromotion(all, bookingId, work.now, broken)
  if (verdict !== 'AVAILABLE') throw refuseBooking(verdict)
  const force = broken.includes('CAPACITY')
  if (!force && countFreeSeats(facts.slot) <= 0) throw refuseBooking('BOOKING_LIMIT_REACHED')
  if (broken.includes('OTHER_BOOKING'))
    await updateBookings(work.tx, [bookingId], { customerExclusive: false }, work.now)
  await promote(work, entry, { plan: planPromotion(all, work.now), facts, force })
}

function refuseState(booking: StoredBooking, now: Temporal.Instant) {
  const isGone = effectiveBookingStatus(booking, now) === 'CANCELED'
  return isGone ? badRequest('errormessage.booking.canceled') : refuseBooking('CUSTOMER_ALREADY_BOOKED')
}

/** Staff store whether a customer came; who takes part is let in. */
export async function setAttendance(work: UnitOfWork, bookingId: number, participantStatus: ParticipantStatus) {
  const { booking } = await openClassBooking(work, { studioId: null, bookingId })
  const status = effectiveBookingStatus(booking, work.now)
  if (status === 'CANCELED') throw badRequest('errormessage.booking.canceled')
  if (status === 'WAITING_LIST') throw badRequest('errormessage.booking.onWaitingList')
  await recordAttendance(work, [booking], participantStatus)
  if (participantStatus === 'PARTICIPATING') admitParticipant(work, booking)
}

/**
 * Makes a pending class booking definite, by the side that has to confirm it. At an expired one it stores the expiry; the
 * other verdicts change nothing.
 */
export async function confirmClassBooking(
  work: UnitOfWork,
  request: { readonly bookingId: number; readonly studioId: number | null },
): Promise<ConfirmationVerdict> {
  const { facts, booking } = await openClassBooking(work, request)
  const verdict = await confirmLockedBooking(work, booking)
  if (verdict === 'EXPIRE') await giveBackSeat(work, facts, booking)
  return verdict
}

/** Staff turn down a booking that waits for them. */
export async function declineBooking(work: UnitOfWork, bookingId: number) {
  const { booking } = await openClassBooking(work, { studioId: null, bookingId })
  if (judgeConfirmation(booking, work.now) !== 'CONFIRM') throw refuseState(booking, work.now)
  await cancelForCustomer(work, bookingId)
}
