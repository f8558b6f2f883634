import {
  accessRefusal,
  type AccessRefusal,
  decideEntrance,
  type EntranceRules,
  type PlainFacts,
} from '../../checkins/index.ts'
import type { Identity } from '../../customers/index.ts'
import { ApiError } from '../../platform/errors/errors.ts'
import { type DeviceCall, type DeviceView, notIdentified } from '../calls.ts'
import type { CardReaderConfig } from '../config-rules.ts'
import type { Outcome } from '../tables.ts'

/** A reading of a known customer. */
export interface Reading {
  readonly call: DeviceCall
  readonly person: Identity
  readonly config: CardReaderConfig
  /** What decides about this person, where it was read together with who it is. */
  readonly plain?: PlainFacts
}

export type Verdict = Exclude<Outcome, 'REFUSED' | 'NOT_IDENTIFIED'> | ApiError

/** How the door of this reader is guarded. */
export function accessRules({ enforceOpeningHours, enforceCapacity, admitBookings, antiPassback }: CardReaderConfig) {
  return { enforceOpeningHours, enforceCapacity, admitBookings, antiPassback } satisfies EntranceRules
}

/** What the entrance checks say against this person here and now. */
export async function refusalAtDoor(
  { db, now }: DeviceView,
  { call, person: { customerId }, plain }: Reading,
  rules: EntranceRules,
): Promise<AccessRefusal | undefined> {
  const studioId = call.caller.studio.id
  const verdict = await decideEntrance(db, { customerId, studioId, now }, rules, plain)
  return verdict.granted ? undefined : verdict.refusal
}

/** The refusal in the form that the device shows to the person. */
export function toDeviceRefusal(refusal: AccessRefusal): ApiError {
  return refusal.reason === 'ERASED_OR_UNKNOWN' ? notIdentified() : accessRefusal(refusal)
}

export function refused(reason: 'notCheckedIn' | 'parkingFull' | 'benefitMissing' | 'benefitUsedUp'): ApiError {
  return new ApiError(403, `errormessage.access.${reason}`)
}

/** Used up is distinguished from everything else that a benefit can lack. */
export function benefitRefusal(reason: string): ApiError {
  return refused(reason === 'CONTINGENT_EXHAUSTED' ? 'benefitUsedUp' : 'benefitMissing')
}
