import { badRequest, notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork, View } from '../../platform/units/work.ts'
import { auditRow, cancelBookings } from '../booking-changes.ts'
import { refuseHold } from './hold-checks.ts'
import { HOLD_MINUTES, judgeHold, MOST_HOLDS } from './hold-rules.ts'
import {
  countLiveHolds,
  findHold,
  type Holder,
  type HoldReference,
  insertHold,
  lockHolder,
  type NewHold,
  type StoredHold,
} from './hold-store.ts'

/** Fails when the integration has as many holds as it may. The first lock of a unit. */
export async function admitHold({ tx, now }: UnitOfWork, holder: Holder) {
  await lockHolder(tx, holder)
  const live = await countLiveHolds(tx, holder, { from: now, until: now.add({ minutes: HOLD_MINUTES }) })
  if (live < MOST_HOLDS) return
  throw badRequest('errormessage.hold.limitReached', { args: [{ type: 'INTEGER', value: MOST_HOLDS }] })
}

/** Stores a hold whose seat or time is taken already. No event is sent: it has no customer. */
export async function storeHold(work: UnitOfWork, hold: Omit<NewHold, 'until'>): Promise<number> {
  const until = work.now.add({ minutes: HOLD_MINUTES })
  const holdId = await insertHold(work.tx, { ...hold, until }, work.now)
  const diff = Object.entries(hold.target).map(([name, id]) => [name, [null, id]] as const)
  auditRow(work, { bookingId: holdId, studioId: hold.studioId, customerId: null }, 'created', {
    ...Object.fromEntries(diff),
    heldUntil: [null, until.toString()],
  })
  return holdId
}

/** The hold, if it is the caller's, whatever has become of it. */
export async function getHold({ db }: Pick<View, 'db'>, reference: HoldReference): Promise<StoredHold> {
  const hold = await findHold(db, reference)
  if (!hold) throw notFound('hold', reference.holdId)
  return hold
}

/** True when the hold is given up now; its seat or appointment is the business of the caller. */
export async function releaseLockedHold(work: UnitOfWork, hold: StoredHold): Promise<boolean> {
  const status = judgeHold(hold, work.now)
  if (status === 'USED') throw refuseHold('used', hold.bookingId)
  if (status !== 'ACTIVE') return false
  await cancelBookings(work, [hold], { reason: 'HOLD_RELEASED' })
  return true
}
