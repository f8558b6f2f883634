import { decideAccess } from '../checkins/index.ts'
import type { ApiError } from '../platform/errors/errors.ts'
import type { DeviceView } from './calls.ts'
import { refusalBesideDoor } from './card-readers/reader-rules.ts'
import { toDeviceRefusal } from './card-readers/reading.ts'

/** What keeps a customer off a machine: a restriction, and where it asks for one, no membership that is valid here. */
export async function refusalAtMachine(
  { db, now, caller }: DeviceView,
  customerId: number,
  { requireEntitlement }: { readonly requireEntitlement: boolean },
): Promise<ApiError | undefined> {
  const verdict = await decideAccess(db, { customerId, studioId: caller.studio.id, now })
  const refusal = verdict.granted ? undefined : refusalBesideDoor(verdict.refusal, requireEntitlement)
  return refusal && toDeviceRefusal(refusal)
}
