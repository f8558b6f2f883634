import { diffValues } from '../platform/units/audit-values.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { findIntegration, insertIntegration, type NewIntegration, updateIntegrationRow } from './integration-store.ts'
import { notifyKeysChanged } from './key-store.ts'

/** Registers a partner's product; it can do nothing before it is activated in a studio. */
export async function createIntegration(work: UnitOfWork, integration: NewIntegration): Promise<number> {
  const id = await insertIntegration(work.tx, integration, work.now)
  work.audit({
    action: 'integration.created',
    entityKind: 'integration',
    entityId: id,
    diff: diffValues({}, readable(integration)),
  })
  return id
}

/** Changes name, limits, forms or webhook access of an integration in all its studios. */
export async function updateIntegration(work: UnitOfWork, integrationId: number, changes: Partial<NewIntegration>) {
  const before = await findIntegration(work.tx, integrationId)
  if (!before) throw notFound('integration', integrationId)
  const diff = diffValues(readable(before), readable(changes))
  if (Object.keys(diff).length === 0) return
  await updateIntegrationRow(work.tx, integrationId, changes, work.now)
  await notifyKeysChanged(work.tx)
  work.audit({ action: 'integration.updated', entityKind: 'integration', entityId: integrationId, diff })
}

/** Without sealed secrets, which the audit log must not hold. */
function readable(integration: Partial<NewIntegration>): Partial<NewIntegration> {
  const { signingSecretEnc: _, previousSigningSecretEnc: __, ...rest } = integration
  return rest
}
