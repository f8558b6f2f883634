import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../platform/database.ts'
import { studios } from '../studios/tables.ts'
import { isVisible, paramsOf, type Sight } from './representation-store.ts'
import { customers } from './tables.ts'

const visibleCustomer = prepared((db) =>
  db
    .select({
      id: customers.id,
      homeStudioId: customers.studioId,
      homeZone: studios.timeZone,
      membershipUntil: sql<string | null>`${customers.membershipUntil}::text`,
    })
    .from(customers)
    .innerJoin(studios, and(eq(studios.tenantId, customers.tenantId), eq(studios.id, customers.studioId)))
    .where(and(isVisible, eq(customers.id, sql.placeholder('customerId'))))
    .prepare('customers_find_visible'),
)

/** Where a visible customer belongs; undefined for everybody else. */
export async function findVisibleCustomer(db: Queryable, sight: Sight, customerId: number) {
  const [row] = await visibleCustomer(db).execute({ ...paramsOf(sight), customerId })
  return row
}

/** Locks living customers in ascending order of their ids, as every unit does that changes something of theirs. */
export async function lockCustomers(tx: Tx, customerIds: readonly number[]): Promise<number[]> {
  const rows = await tx
    .select({ id: customers.id })
    .from(customers)
    .where(and(inArray(customers.id, [...customerIds]), isNull(customers.erasedAt)))
    .orderBy(customers.id)
    .for('update')
  return rows.map(({ id }) => id)
}
