import type { StudioSwitchHook } from '../customers/index.ts'
import { moveContracts } from './studio-switch-store.ts'
import { moveEntitlements } from '../entitlements/index.ts'

/**
 * Contracts follow their customer to another studio, and with them what they entitle to: those in effect on the day of
 * the switch or later. What has ended stays where it was.
 */
export const followToStudio: StudioSwitchHook = async (work, move) => {
  const contractIds = await moveContracts(work.tx, move, work.now)
  await moveEntitlements(work.tx, contractIds, move.toStudioId, work.now)
}
