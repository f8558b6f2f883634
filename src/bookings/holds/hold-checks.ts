import type { ErrorCode } from '../../platform/errors/error-code.ts'
import { badRequest, notFound } from '../../platform/errors/errors.ts'
import { judgeHold } from './hold-rules.ts'
import type { HoldReference, StoredHold } from './hold-store.ts'

/** A hold cannot be used: it is for something else (`mismatch`), or what has become of it. */
export function refuseHold(reason: 'mismatch' | 'expired' | 'released' | 'used', holdId: number) {
  return badRequest(`errormessage.hold.${reason}`, {
    args: [{ type: 'INTEGER', value: holdId }],
    reference: 'holdId',
  })
}

/** What using a hold is refused with. */
export const unusableHoldCodes: readonly ErrorCode[] = [
  'errormessage.hold.expired',
  'errormessage.hold.mismatch',
  'errormessage.hold.released',
  'errormessage.hold.used',
]

const reasons = { EXPIRED: 'expired', RELEASED: 'released', USED: 'used' } as const

/** Fails unless the hold keeps its seat or time at `now`. */
export function requireActive(hold: StoredHold | undefined, { holdId }: HoldReference, now: Temporal.Instant) {
  if (!hold) throw notFound('hold', holdId)
  const status = judgeHold(hold, now)
  if (status !== 'ACTIVE') throw refuseHold(reasons[status], holdId)
  return hold
}

/** Fails unless the hold keeps a seat of this slot at `now`. */
export function requireSeat(
  hold: StoredHold | undefined,
  { reference, classSlotId }: { readonly reference: HoldReference; readonly classSlotId: number },
  now: Temporal.Instant,
) {
  if (requireActive(hold, reference, now).classSlotId !== classSlotId) throw refuseHold('mismatch', reference.holdId)
}
