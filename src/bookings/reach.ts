import type { PartnerCaller } from '../platform/units/caller.ts'
import type { Reach } from './customer-facts-store.ts'

/** Customers of the studio, and of the studios that share the integration with it. */
export function reachOf({ visibleStudioIds, integration }: PartnerCaller): Reach {
  return { studioIds: visibleStudioIds, integrationId: integration.id }
}
