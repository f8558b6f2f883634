import { diffValues } from '../platform/units/audit-values.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { insertEntitlement, type NewEntitlement } from './entitlement-store.ts'

/** Staff give or sell a customer uses of a service, independent of any contract. Returns the entitlement's id. */
export async function grantEntitlement(
  work: UnitOfWork,
  grant: NewEntitlement & { readonly source: 'GRANT' | 'PACKAGE' },
): Promise<number> {
  const id = await insertEntitlement(work.tx, grant, work.now)
  const { homeStudioId: studioId } = grant
  work.audit({
    action: 'entitlement.granted',
    entityKind: 'entitlement',
    entityId: id,
    studioId,
    diff: diffValues({}, grant),
  })
  return id
}
