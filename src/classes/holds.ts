import { badRequest, notFound } from '../platform/errors.ts'
import type { UnitOfWork, View } from '../platform/work.ts'
import { auditPlace, cancelBookings } from './booking-changes.ts'
import { judgeSeatForAnybody } from './booking-rules.ts'
import { giveBackPlace } from './class-cancelations.ts'
import { findTrialOf } from './class-bookings.ts'
import { refuseHold } from './hold-checks.ts'
import { HOLD_MINUTES, holdStatusOf, MOST_HOLDS } from './hold-rules.ts'
import {
  countLiveHolds,
  findHold,
  type Holder,
  type HoldReference,
  insertHold,
  lockHold,
  lockHolder,
  type NewHold,
  type StoredHold,
} from './hold-store.ts'
import { refuseBooking } from './refusal.ts'
import { openSlot } from './settling.ts'
import { takeSeat } from './slot-store.ts'
import { drainFirst } from './upkeep.ts'

/** Fails when the integration holds as many places as it may. The first lock of a unit. */
export async function admitHold({ tx, now }: UnitOfWork, holder: Holder) {
  await lockHolder(tx, holder)
  const live = await countLiveHolds(tx, holder, { from: now, until: now.add({ minutes: HOLD_MINUTES }) })
  if (live < MOST_HOLDS) return
  throw badRequest('errormessage.hold.limitReached', { args: [{ type: 'INTEGER', value: MOST_HOLDS }] })
}

/** Stores a place that is taken already, by its seat or its resources. Nobody is told: it has no customer. */
export async function storeHold(work: UnitOfWork, hold: Omit<NewHold, 'until'>): Promise<number> {
  const until = work.now.add({ minutes: HOLD_MINUTES })
  const holdId = await insertHold(work.tx, { ...hold, until }, work.now)
  const diff = Object.entries(hold.target).map(([name, id]) => [name, [null, id]] as const)
  auditPlace(work, { bookingId: holdId, studioId: hold.studioId, customerId: null }, 'created', {
    ...Object.fromEntries(diff),
    heldUntil: [null, until.toString()],
  })
  return holdId
}

/** Which seat is wanted, and the config that offers the class, or null when none does. */
export interface SeatWish extends Holder {
  readonly classSlotId: number
  readonly trial: { readonly configId: number | null }
}

/** Keeps a seat of a class for somebody who has no name yet; it never queues. Returns the id of the hold. */
export async function holdSeat(work: UnitOfWork, wish: SeatWish): Promise<number> {
  const { studioId, integrationId, classSlotId } = wish
  await admitHold(work, wish)
  const facts = await openSlot(work, classSlotId)
  if (facts?.studio.studioId !== studioId) throw notFound('classSlot', classSlotId)
  drainFirst(facts)
  const trial = await findTrialOf(work, { trial: wish.trial, customerId: null })
  const verdict = judgeSeatForAnybody({ ...facts, trial }, work.now)
  if (verdict !== 'AVAILABLE') throw refuseBooking(verdict)
  const isSeated = await takeSeat(work.tx, classSlotId, { leavesQueue: false, force: false })
  if (!isSeated) throw new Error('A seat that was free under the lock of its slot is gone.')
  const { start: from, end: until } = facts.slot
  return storeHold(work, { studioId, integrationId, target: { classSlotId }, during: { from, until } })
}

/** The hold, if it is the caller's, whatever has become of it. */
export async function getHold({ db }: Pick<View, 'db'>, reference: HoldReference): Promise<StoredHold> {
  const hold = await findHold(db, reference)
  if (!hold) throw notFound('hold', reference.holdId)
  return hold
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
  if (await releaseLockedHold(work, hold)) await giveBackPlace(work, facts, hold)
}

/** True when the hold is given up now; its seat or appointment is the business of the caller. */
export async function releaseLockedHold(work: UnitOfWork, hold: StoredHold): Promise<boolean> {
  const status = holdStatusOf(hold, work.now)
  if (status === 'USED') throw refuseHold('used', hold.bookingId)
  if (status !== 'ACTIVE') return false
  await cancelBookings(work, [hold], { reason: 'HOLD_RELEASED' })
  return true
}
