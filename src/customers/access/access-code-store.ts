import { and, eq, isNull, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../../platform/database/database.ts'
import { studios, tenants } from '../../studios/tables.ts'
import type { Sight } from '../reading/sight.ts'
import { isVisible } from '../reading/sight-store.ts'
import { customers } from '../customer-table.ts'

const codeHolder = prepared((db) =>
  db
    .select({
      customerId: customers.id,
      uuid: customers.uuid,
      customerNumber: customers.customerNumber,
      staticAccessNumber: customers.staticAccessNumber,
      version: customers.accessCodeVersion,
      isEnabled: studios.accessCodeEnabled,
      mode: studios.accessCodeMode,
      format: studios.accessCodeFormat,
      slug: tenants.slug,
      secret: tenants.accessSecretEnc,
    })
    .from(customers)
    .innerJoin(studios, and(eq(studios.tenantId, customers.tenantId), eq(studios.id, customers.studioId)))
    .innerJoin(tenants, eq(tenants.tenantId, customers.tenantId))
    .where(and(eq(customers.id, sql.placeholder('customerId')), isVisible))
    .prepare('customers_find_code_holder'),
)

/** What the access code of a visible customer is made of, and how the home studio wants it. */
export async function findCodeHolder(db: Queryable, sight: Sight, customerId: number) {
  const [found] = await codeHolder(db).execute({ ...sight, customerId })
  return found
}

/** Makes all dynamic codes of a customer invalid; answers the new version, or undefined when nobody is there. */
export async function raiseCodeVersion(tx: Tx, customerId: number, now: Temporal.Instant): Promise<number | undefined> {
  const [row] = await tx
    .update(customers)
    .set({ accessCodeVersion: sql`${customers.accessCodeVersion} + 1`, updatedAt: now })
    .where(and(eq(customers.id, customerId), isNull(customers.erasedAt)))
    .returning({ version: customers.accessCodeVersion })
  return row?.version
}
