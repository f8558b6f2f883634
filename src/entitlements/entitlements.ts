import { diffValues } from '../platform/units/audit-values.ts'
import { lockCustomers } from '../customers/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { updateEntitlement } from './contract-entitlement-store.ts'
import { findGrant, insertEntitlement, type NewEntitlement } from './entitlement-store.ts'

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

/**
 * Ends what staff have given, with `lastDay`; left out: with yesterday in its studio, so that it counts no more. Bookings
 * keep what they have used. What follows from a contract is unknown here (404).
 */
export async function endGrant(work: UnitOfWork, entitlementId: number, lastDay: Temporal.PlainDate | undefined) {
  const known = await findGrant(work.tx, entitlementId)
  if (!known) throw notFound('entitlement', entitlementId)
  await lockCustomers(work.tx, [known.customerId])
  const before = (await findGrant(work.tx, entitlementId)) ?? known
  const validTo = lastDay ?? dateIn(work.now, before.timeZone).subtract({ days: 1 })
  if (before.validTo?.equals(validTo)) return
  await updateEntitlement(work.tx, entitlementId, { validTo }, work.now)
  work.audit({
    action: 'entitlement.ended',
    entityKind: 'entitlement',
    entityId: entitlementId,
    studioId: before.homeStudioId,
    diff: { validTo: [before.validTo?.toString() ?? null, validTo.toString()] },
  })
}
