import { notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findIntegration } from '../../integrations/index.ts'
import { findHomeStudioId } from '../creation/creation-store.ts'
import { deleteBlock, insertBlock, listInformedIntegrations } from './switch-store.ts'
import { lockCustomers } from '../reading/visibility-store.ts'
import { customerAccessDisabled } from '../events.ts'

/**
 * Withdraws the sharing of a customer's data with an integration: from now on the customer does not exist for it. If it
 * could see the customer, it receives that event, as the last one. The audit log does not keep the reason, which may be personal.
 */
export async function withdrawSharing(
  work: UnitOfWork,
  customerId: number,
  integrationId: number,
  reason: string | null = null,
) {
  const studioId = await lockSharing(work, customerId, integrationId)
  const sawCustomer = (await listInformedIntegrations(work.tx, studioId, customerId)).includes(integrationId)
  if (!(await insertBlock(work.tx, { customerId, integrationId, reason }, work.now))) return
  recordSharing(work, { customerId, studioId, action: 'customer.sharingWithdrawn', change: [null, integrationId] })
  if (!sawCustomer) return
  const about = { entityId: customerId, customerId, audienceStudioIds: [studioId] }
  work.emit(customerAccessDisabled({ ...about, onlyIntegrationId: integrationId }))
}

/** Shares a customer's data with an integration again. */
export async function allowSharing(work: UnitOfWork, customerId: number, integrationId: number) {
  const studioId = await lockSharing(work, customerId, integrationId)
  if (!(await deleteBlock(work.tx, customerId, integrationId))) return
  recordSharing(work, { customerId, studioId, action: 'customer.sharingAllowed', change: [integrationId, null] })
}

/** Answers the home studio of the customer. */
async function lockSharing({ tx }: UnitOfWork, customerId: number, integrationId: number): Promise<number> {
  if (!(await findIntegration(tx, integrationId))) throw notFound('integration', integrationId)
  await lockCustomers(tx, [customerId])
  const studioId = await findHomeStudioId(tx, customerId)
  if (studioId === undefined) throw notFound('customer', customerId)
  return studioId
}

interface SharingChange {
  readonly customerId: number
  readonly studioId: number
  readonly action: string
  readonly change: readonly [unknown, unknown]
}

function recordSharing({ audit }: UnitOfWork, { customerId, studioId, action, change }: SharingChange) {
  audit({ action, entityKind: 'customer', entityId: customerId, studioId, diff: { blockedIntegrationId: change } })
}
