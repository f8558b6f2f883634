import type { StudioSwitchHook } from '../customers/index.ts'
import { lockAccountRow } from './account-store.ts'
import { moveClaims } from './claim-store.ts'
import { findHomeLegalEntity } from './legal-entities/legal-entity-store.ts'

/** Claims due from the day of the switch on follow their customer; what was booked stays where it was booked. */
export const moveAccountClaims: StudioSwitchHook = async (work, move) => {
  const entityId = (await findHomeLegalEntity(work.tx, move.customerId))?.entityId ?? null
  if (entityId === null) return
  await lockAccountRow(work.tx, { customerId: move.customerId, entityId })
  await moveClaims(work.tx, move, work.now)
}
