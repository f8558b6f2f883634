import type { PartnerCaller } from '../../platform/units/caller.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { PartnerWork, View } from '../../platform/units/work.ts'
import { localSight } from './sight.ts'
import { findVisibleCustomer, lockVisibleCustomer } from './visibility-store.ts'

type PartnerLook = View<PartnerCaller>

/** Locks a customer of the key's own studio for a change; any other customer does not exist for the caller. */
export async function lockOwnCustomer(work: PartnerWork, customerId: number) {
  const locked = await lockVisibleCustomer(work.tx, localSight(work), customerId)
  if (!locked) throw notFound('customer', customerId)
  return locked
}

/** The home studio of a customer whom the caller's studio may see; any other customer does not exist for the caller. */
export async function findOwnCustomer(view: PartnerLook, customerId: number) {
  const found = await findVisibleCustomer(view.db, localSight(view), customerId)
  if (!found) throw notFound('customer', customerId)
  return found
}
