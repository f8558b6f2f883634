import { ApiError, notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import {
  type AccessMedium,
  changeMedium,
  giveMedium,
  isActiveAt,
  type MediumType,
  takeMedium,
} from './access-mediums.ts'
import { findMedium } from './medium-store.ts'
import { lockOwnCustomer } from '../reading/visibility.ts'

/** Gives a customer a medium that belongs to the calling integration. A repeated call answers what is there already. */
export async function addOwnMedium(
  work: PartnerWork,
  customerId: number,
  { type, value }: { readonly type?: MediumType; readonly value?: string },
  secrets: Secrets,
): Promise<AccessMedium> {
  await lockOwnCustomer(work, customerId)
  if (type === undefined) throw refuseFields([violation('type', 'required')])
  if (value === undefined) throw refuseFields([violation('value', 'required')])
  return giveMedium(work, customerId, { type, value, ownerIntegrationId: work.caller.integration.id }, secrets)
}

/** Gives a medium that the calling integration owns another value. */
export async function changeOwnMedium(
  work: PartnerWork,
  of: { readonly customerId: number; readonly mediumId: number },
  value: string | undefined,
  secrets: Secrets,
): Promise<AccessMedium> {
  const medium = await lockOwnMedium(work, of)
  if (value === undefined) throw refuseFields([violation('value', 'required')])
  return changeMedium(work, medium, value, secrets)
}

/** Takes away a medium that the calling integration owns. */
export async function removeOwnMedium(
  work: PartnerWork,
  of: { readonly customerId: number; readonly mediumId: number },
) {
  await takeMedium(work, await lockOwnMedium(work, of))
}

/** A medium of nobody or of another customer is not found, one of another owner is forbidden. */
async function lockOwnMedium(
  work: PartnerWork,
  { customerId, mediumId }: { readonly customerId: number; readonly mediumId: number },
) {
  await lockOwnCustomer(work, customerId)
  const medium = await findMedium(work.tx, mediumId)
  if (medium?.customerId !== customerId || !isActiveAt(medium, work.now)) throw notFound('accessMedium', mediumId)
  if (medium.ownerIntegrationId !== work.caller.integration.id) {
    throw new ApiError(403, 'errormessage.accessMedium.notOwned')
  }
  return medium
}
