import { notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { judgeHeldSeat } from './bookings/booking-rules.ts'
import { giveBackSeat } from './class-cancelations.ts'
import {
  admitHold,
  findWantedTrial,
  getHold,
  type Holder,
  type HoldReference,
  lockHold,
  refuseBooking,
  releaseLockedHold,
  storeHold,
} from '../bookings/index.ts'
import { openSlot } from './settling.ts'
import { takeSeat } from './slot-store.ts'
import { drainFirst } from './upkeep.ts'

/** Which seat is wanted, and the config that offers the class, or null when none does. */
export interface SeatWish extends Holder {
  readonly classSlotId: number
  readonly trial: { readonly configId: number | null }
}

/** Keeps a seat of a class for a person who has no name yet; it never queues. Returns the id of the hold. */
export async function holdSeat(work: UnitOfWork, wish: SeatWish): Promise<number> {
  const { studioId, integrationId, classSlotId } = wish
  await admitHold(work, wish)
  const facts = await openSlot(work, classSlotId)
  if (facts?.studio.studioId !== studioId) throw notFound('classSlot', classSlotId)
  drainFirst(facts)
  const trial = await findWantedTrial(work, { trial: wish.trial, customerId: null })
  const verdict = judgeHeldSeat({ ...facts, trial }, work.now)
  if (verdict !== 'AVAILABLE') throw refuseBooking(verdict)
  const isSeated = await takeSeat(work.tx, classSlotId, { leavesQueue: false, force: false })
  if (!isSeated) throw new Error('A seat that was free under the lock of its slot is gone.')
  const { start: from, end: until } = facts.slot
  return storeHold(work, { studioId, integrationId, target: { classSlotId }, during: { from, until } })
}

/** Locks the slot of a hold, and the hold. */
export async function openHeldSeat(work: UnitOfWork, reference: HoldReference) {
  const { classSlotId } = await getHold(work, reference)
  const facts = classSlotId === null ? undefined : await openSlot(work, classSlotId)
  const hold = await lockHold(work.tx, reference)
  if (!facts || !hold) throw notFound('hold', reference.holdId)
  return { facts, hold }
}

/** Gives the seat back before its time; it goes to the waiting list first. What has ended already stays as it is. */
export async function releaseSeat(work: UnitOfWork, reference: HoldReference) {
  const { facts, hold } = await openHeldSeat(work, reference)
  if (await releaseLockedHold(work, hold)) await giveBackSeat(work, facts, hold)
}
