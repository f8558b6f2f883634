import { inOrder } from '../platform/database/in-order.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { listOpenBookings, settleBookings } from '../bookings/index.ts'
import { mustPromote } from './waiting-list/promotion-rules.ts'
import { type SlotFacts, readSlotFacts } from './slot-facts.ts'
import { freeSeats, type SlotContext, readySlotContext, readySlotLock } from './slot-store.ts'

/** Locks a slot and reads it; undefined when there is none. */
export async function openSlot(work: UnitOfWork, classSlotId: number): Promise<SlotFacts | undefined> {
  const [exists, context] = await inOrder(work.tx, [
    readySlotLock(classSlotId),
    readySlotContext(classSlotId, work.now),
  ])
  return readOpenSlot(work, { exists, context })
}

/** The facts of a slot that was locked and read; undefined when there is none. */
export function readOpenSlot(
  { now }: UnitOfWork,
  { exists, context }: { readonly exists: boolean; readonly context: SlotContext | undefined },
): SlotFacts | undefined {
  return exists && context ? readSlotFacts(context, now) : undefined
}

/** Stores what is due on a locked slot. True when a seat came free for which a customer waits: then the slot must be drained. */
export async function settleOpenSlot(work: UnitOfWork, facts: SlotFacts): Promise<boolean> {
  const { row, studio, promotionCutoff } = facts
  const open = await listOpenBookings(work.tx, { kind: 'CLASS', id: row.id })
  const freed = await settleBookings(work, open, facts.attendanceDefault)
  if (freed.seats === 0 && freed.waiting === 0) return false
  const left = { start: row.startAt, waitingCount: row.waitingCount - freed.waiting }
  const promote = freed.seats > 0 && mustPromote(left, { term: promotionCutoff, zone: studio.zone }, work.now)
  await freeSeats(work.tx, row.id, { ...freed, promote })
  return promote
}
