import { inOrder } from '../platform/database/in-order.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import type { Printer } from '../platform/time/zoned-time.ts'
import {
  readyBookingLock,
  cancelBookings,
  findBooking,
  judgeCancelation,
  refuseLateCancelation,
  type StoredBooking,
} from '../bookings/index.ts'
import { mustPromote } from './waiting-list/promotion-rules.ts'
import { readOpenSlot } from './settling.ts'
import type { SlotFacts } from './slot-facts.ts'
import { freeSeats, readySlotContext, readySlotLock } from './slot-store.ts'
import { drainSlot } from './upkeep.ts'

interface CancelationRequest {
  /** Null = any of the tenant, for staff. */
  readonly studioId: number | null
  readonly bookingId: number
  /** The form of the deadline in a refusal. */
  readonly print?: Printer
}

/** Locks slot and booking of the studio, in this order. */
export async function openClassBooking(work: UnitOfWork, { studioId, bookingId }: CancelationRequest) {
  const found = await findBooking(work.db, bookingId)
  const isHere = found && (studioId === null || found.studioId === studioId)
  if (!isHere || found.classSlotId === null) throw notFound('booking', bookingId)
  const { classSlotId } = found
  const [exists, context, booking] = await inOrder(work.tx, [
    readySlotLock(classSlotId),
    readySlotContext(classSlotId, work.now),
    readyBookingLock(bookingId),
  ])
  const facts = readOpenSlot(work, { exists, context })
  if (!facts || !booking) throw notFound('booking', bookingId)
  work.concern(booking.customerId)
  return { facts, booking }
}

/**
 * Cancels by the rule of the class; repeating it changes nothing. The seat goes to the waiting list right after the
 * commit, before the caller is answered.
 */
export async function cancelClassBooking(work: UnitOfWork, request: CancelationRequest) {
  const { facts, booking } = await openClassBooking(work, request)
  const { cancelTerm, cancelAfterLatest } = facts.rule
  const { zone } = facts.studio
  const verdict = judgeCancelation({ ...booking, zone, cancelTerm, cancelAfterLatest }, work.now)
  refuseLateCancelation(verdict, zone, request.print)
  if (verdict.outcome !== 'CANCEL') return
  await cancelBookings(work, [booking], { reason: 'CUSTOMER', isLate: verdict.isLate })
  await giveBackSeat(work, facts, booking)
}

/** Gives the seat of a booking that was just canceled back to its slot, and then to the waiting list. */
export async function giveBackSeat(work: UnitOfWork, facts: SlotFacts, booking: Pick<StoredBooking, 'status'>) {
  const { row, studio, promotionCutoff: term } = facts
  const isWaiting = booking.status === 'WAITING_LIST'
  const left = { start: row.startAt, waitingCount: row.waitingCount - Number(isWaiting) }
  const promote = !isWaiting && mustPromote(left, { term, zone: studio.zone }, work.now)
  await freeSeats(work.tx, row.id, { seats: Number(!isWaiting), waiting: Number(isWaiting), promote })
  if (promote) work.afterCommit((run) => drainSlot(run, row.id))
}
