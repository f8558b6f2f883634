import { diffValues } from '../platform/units/audit-values.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { lockTenant, type TenantChanges, updateTenantRow } from './store.ts'

/** Changes settings of the tenant whom the unit is for. */
export async function updateTenant(work: UnitOfWork, changes: TenantChanges) {
  const before = await lockTenant(work.tx)
  const diff = diffValues(before, changes)
  if (Object.keys(diff).length === 0) return
  await updateTenantRow(work.tx, changes, work.now)
  const { tenantId } = work.caller
  work.audit({ action: 'tenant.updated', entityKind: 'tenant', entityId: tenantId, diff })
}
