import { type RunUnit, StartOver, type UnitOfWork } from '../platform/units/work.ts'
import { judgePromotion, planPromotion } from './bookings/booking-rules.ts'
import { listQueue, settleInTheWay, updateBookings } from '../bookings/index.ts'
import { openEntry, promote } from './waiting-list/promotion.ts'
import { nextToPromote } from './waiting-list/promotion-rules.ts'
import { openSlot, settleOpenSlot } from './settling.ts'
import type { SlotFacts } from './slot-facts.ts'
import { clearPromotion } from './slot-store.ts'

export async function settleSlot(work: UnitOfWork, classSlotId: number) {
  const facts = await openSlot(work, classSlotId)
  if (facts && (await settleOpenSlot(work, facts))) work.afterCommit((run) => drainSlot(run, classSlotId))
}

/**
 * Offers the free seats of a slot to its waiting list, one entry per unit of work, until no seat is free or everybody
 * was asked. Several drains of one slot share their progress; what a crash cuts short, the sweeper goes on with.
 */
export async function drainSlot(run: RunUnit, classSlotId: number) {
  while (await run((work) => promoteNext(work, classSlotId))) continue
}

/** Whether the slot must be settled before an operation decides by it. */
export function isDue({ expiredCount, row, slot }: SlotFacts): boolean {
  return expiredCount > 0 || row.waitingCount > slot.waitingCount
}

/** One step of a drain; false when it is over. */
async function promoteNext(work: UnitOfWork, classSlotId: number): Promise<boolean> {
  const facts = await openSlot(work, classSlotId)
  if (!facts) return false
  if (isDue(facts)) {
    await settleOpenSlot(work, facts)
    return true
  }
  const { promotionPending, drainNo } = facts.row
  if (!promotionPending) return false
  const queue = await listQueue(work.tx, classSlotId)
  const next = nextToPromote(facts.slot, queue, drainNo)
  const entry = queue.find(({ bookingId }) => bookingId === next?.bookingId)
  if (!entry) {
    await clearPromotion(work.tx, classSlotId)
    return false
  }
  const all = await openEntry(work, facts, entry)
  if (all) settleInTheWay(all.customer, facts.slot, work.now)
  if (all && judgePromotion(all, entry.bookingId, work.now) === 'AVAILABLE') {
    await promote(work, entry, { plan: planPromotion(all, work.now), facts })
  } else {
    await updateBookings(work.tx, [entry.bookingId], { triedDrainNo: drainNo }, work.now)
  }
  return true
}

/**
 * A booking must not be decided on a slot where a seat waits for its queue or where something is due. Undoes this
 * unit, puts the slot in order and begins again; otherwise it does nothing.
 */
export function drainFirst(facts: SlotFacts) {
  if (!facts.slot.promotionPending && !isDue(facts)) return
  const { id } = facts.row
  throw new StartOver(async (run) => {
    if (isDue(facts)) await run((work) => settleSlot(work, id))
    await drainSlot(run, id)
  })
}
