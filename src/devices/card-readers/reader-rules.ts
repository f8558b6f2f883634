import type { AccessRefusal } from '../../checkins/access-rules.ts'
import { isBefore } from '../../platform/time/order.ts'

/** Whether a reading repeats an earlier one: same device, customer and purpose, with an effect, within these seconds. */
export function isRepeated(lastDoneAt: Temporal.Instant | null, now: Temporal.Instant, debounceSeconds: number) {
  if (lastDoneAt === null) return false
  return isBefore(now, lastDoneAt.add({ seconds: debounceSeconds }))
}

type Reason = AccessRefusal['reason']

/** What keeps people out of rooms and off machines even where no membership is asked for. */
const always: ReadonlySet<Reason> = new Set<Reason>(['ERASED_OR_UNKNOWN', 'STUDIO_CLOSED', 'ACCESS_RESTRICTED'])
/** What is about the visit rather than the membership. */
const ofEntrances: ReadonlySet<Reason> = new Set<Reason>([
  'OUTSIDE_ALLOWED_TIME',
  'CHECKIN_LIMIT_REACHED',
  'ALREADY_CHECKED_IN',
  'STUDIO_FULL',
])

/**
 * The part of an entrance's refusal that counts for a room, a barrier or a machine: opening hours and restrictions, and
 * with `requireEntitlement` a membership that is valid here. Times and limits of visits are the door's business.
 */
export function refusalBesideDoor(refusal: AccessRefusal, requireEntitlement: boolean): AccessRefusal | undefined {
  if (always.has(refusal.reason)) return refusal
  return requireEntitlement && !ofEntrances.has(refusal.reason) ? refusal : undefined
}

/** Why a car is not let in; a car that is in already is. */
export function isLotFull({
  capacity,
  taken,
  isIn,
}: {
  readonly capacity: number
  readonly taken: number
  readonly isIn: boolean
}): boolean {
  return !isIn && taken >= capacity
}
