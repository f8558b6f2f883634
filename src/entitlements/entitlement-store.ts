import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { returnedId } from '../platform/database/returned-id.ts'
import { studios } from '../studios/tables.ts'
import { entitlements, entitlementUsages, services } from './tables.ts'

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewEntitlement = Omit<typeof entitlements.$inferInsert, Fill>

export async function insertEntitlement(tx: Tx, entitlement: NewEntitlement, now: Temporal.Instant): Promise<number> {
  const values = { ...entitlement, createdAt: now, updatedAt: now }
  const rows = await tx.insert(entitlements).values(values).returning({ id: entitlements.id })
  return returnedId(rows)
}

/** What staff have given, with the zone of its studio; undefined for what follows from a contract. */
export async function findGrant(db: Queryable, entitlementId: number) {
  const { customerId, validTo, homeStudioId } = entitlements
  const [row] = await db
    .select({ customerId, validTo, homeStudioId, timeZone: studios.timeZone })
    .from(entitlements)
    .innerJoin(studios, and(eq(studios.tenantId, entitlements.tenantId), eq(studios.id, homeStudioId)))
    .where(and(eq(entitlements.id, entitlementId), inArray(entitlements.source, ['GRANT', 'PACKAGE'])))
  return row
}

/** Everything that a customer is entitled to, by the first day, with the uses that are reserved or made. */
export function listEntitlements(db: Queryable, customerId: number) {
  const { id, source, contractId, quantity, validFrom, validTo, serviceId } = entitlements
  const used = sql<number>`(select count(*)::int from ${entitlementUsages} u
    where u.tenant_id = ${entitlements.tenantId} and u.entitlement_id = ${id} and u.state <> 'RELEASED')`
  return db
    .select({
      entitlementId: id,
      source,
      contractId,
      service: services.name,
      quantity,
      used,
      from: validFrom,
      to: validTo,
    })
    .from(entitlements)
    .innerJoin(services, and(eq(services.tenantId, entitlements.tenantId), eq(services.id, serviceId)))
    .where(eq(entitlements.customerId, customerId))
    .orderBy(asc(validFrom), asc(id))
}
