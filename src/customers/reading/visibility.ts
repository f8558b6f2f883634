import type { PartnerCaller } from '../../platform/units/caller.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { PartnerWork, View } from '../../platform/units/work.ts'
import type { Sight } from './representation-store.ts'
import { findVisibleCustomer, lockVisibleCustomer } from './visibility-store.ts'

type PartnerLook = View<PartnerCaller>

/** What the caller sees with the home-studio rule: customers of the key's own studio. */
export function localSight({ caller, now }: PartnerLook): Sight {
  return { studioIds: [caller.studio.id], integrationId: caller.integration.id, now }
}

/** What the caller sees across studios: customers of every studio in which the integration is active. */
export function reachableSight({ caller, now }: PartnerLook): Sight {
  return { studioIds: caller.visibleStudioIds, integrationId: caller.integration.id, now }
}

/** Locks a customer of the key's own studio for a change; anybody else does not exist for the caller. */
export async function lockOwnCustomer(work: PartnerWork, customerId: number) {
  const locked = await lockVisibleCustomer(work.tx, localSight(work), customerId)
  if (!locked) throw notFound('customer', customerId)
  return locked
}

/** The home studio of a customer whom the caller's studio may see; anybody else does not exist for the caller. */
export async function findOwnCustomer(view: PartnerLook, customerId: number) {
  const found = await findVisibleCustomer(view.db, localSight(view), customerId)
  if (!found) throw notFound('customer', customerId)
  return found
}
