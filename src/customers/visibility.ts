import type { PartnerCaller } from '../platform/caller.ts'
import type { View } from '../platform/work.ts'
import type { Sight } from './representation-store.ts'

type PartnerLook = View<PartnerCaller>

/** What the caller sees with the home-studio rule: customers of the key's own studio. */
export function localSight({ caller, now }: PartnerLook): Sight {
  return { studioIds: [caller.studio.id], integrationId: caller.integration.id, now }
}

/** What the caller sees across studios: customers of every studio in which the integration is active. */
export function reachableSight({ caller, now }: PartnerLook): Sight {
  return { studioIds: caller.visibleStudioIds, integrationId: caller.integration.id, now }
}
