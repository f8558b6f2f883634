import type { PartnerCaller } from '../platform/caller.ts'
import { notFound } from '../platform/errors.ts'
import type { View } from '../platform/work.ts'
import type { Sight } from './representation-store.ts'
import { type CustomerStatus, judgeStatus } from './status-rules.ts'
import { dateIn } from '../platform/zoned-time.ts'
import { findVisibleCustomer } from './visibility-store.ts'

type PartnerLook = View<PartnerCaller>

/** A customer as far as a rule about another thing needs one. */
export interface VisibleCustomer {
  readonly id: number
  readonly homeStudioId: number
  /** IANA name. */
  readonly homeZone: string
  /** The home studio is not the studio of the key. */
  readonly isForeign: boolean
  /** As of today in the home studio. */
  readonly status: CustomerStatus
}

/** What the caller sees with the home-studio rule: customers of the key's own studio. */
export function localSight({ caller, now }: PartnerLook): Sight {
  return { studioIds: [caller.studio.id], integrationId: caller.integration.id, now }
}

/** What the caller sees across studios: customers of every studio in which the integration is active. */
export function reachableSight({ caller, now }: PartnerLook): Sight {
  return { studioIds: caller.visibleStudioIds, integrationId: caller.integration.id, now }
}

/** A customer of the key's own studio. */
export function findLocalCustomer(view: PartnerLook, customerId: number): Promise<VisibleCustomer | undefined> {
  return find(view, localSight(view), customerId)
}

/** A customer of the key's studio or of a sister studio in which the integration is active too. */
export function findReachableCustomer(view: PartnerLook, customerId: number): Promise<VisibleCustomer | undefined> {
  return find(view, reachableSight(view), customerId)
}

/** As `findLocalCustomer`; refuses with 404 what the caller may not see. */
export async function getLocalCustomer(view: PartnerLook, customerId: number): Promise<VisibleCustomer> {
  return (await findLocalCustomer(view, customerId)) ?? refuseUnknown(customerId)
}

/** As `findReachableCustomer`; refuses with 404 what the caller may not see. */
export async function getReachableCustomer(view: PartnerLook, customerId: number): Promise<VisibleCustomer> {
  return (await findReachableCustomer(view, customerId)) ?? refuseUnknown(customerId)
}

async function find(view: PartnerLook, sight: Sight, customerId: number): Promise<VisibleCustomer | undefined> {
  const row = await findVisibleCustomer(view.db, sight, customerId)
  if (!row) return undefined
  const { membershipUntil, ...customer } = row
  return {
    ...customer,
    isForeign: row.homeStudioId !== view.caller.studio.id,
    status: judgeStatus(membershipUntil, dateIn(view.now, row.homeZone).toString()),
  }
}

function refuseUnknown(customerId: number): never {
  throw notFound('customer', customerId)
}
