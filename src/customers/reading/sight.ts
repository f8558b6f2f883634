import type { PartnerCaller } from '../../platform/units/caller.ts'

/**
 * Which customers exist for a caller. Every other customer is answered like an id that was never given out, in reads, lists,
 * bookings and benefits alike. The conditions are in `sight-store.ts`.
 */
export interface Sight {
  /** Home studios whose customers exist; null = all of the tenant. */
  readonly studioIds: readonly number[] | null
  /** Customers who have withdrawn their data from this integration do not exist for it; null = for nobody. */
  readonly integrationId: number | null
}

interface Asked {
  readonly caller: PartnerCaller
}

/** The sight of staff, and of a studio's own devices: every customer of the tenant. */
export const everybody: Sight = { studioIds: null, integrationId: null }

/** What a partner sees with the home-studio rule: customers of the key's own studio. */
export function localSight({ caller: { studio, integration } }: Asked): Sight {
  return { studioIds: [studio.id], integrationId: integration.id }
}

/** What a partner sees across studios: customers of every studio in which the integration is active. */
export function reachableSight({ caller: { visibleStudioIds, integration } }: Asked): Sight {
  return { studioIds: visibleStudioIds, integrationId: integration.id }
}
