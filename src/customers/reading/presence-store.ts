import { and, eq, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../../platform/database/database.ts'
import type { Sight } from './sight.ts'
import { isVisible } from './sight-store.ts'
import { customers } from '../customer-table.ts'

const visible = prepared((db) =>
  db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.id, sql.placeholder('customerId')), isVisible))
    .prepare('customers_is_visible'),
)

/** Whether the caller may see a customer. Unknown, foreign, blocked and erased ones look the same. */
export async function isVisibleCustomer(db: Queryable, sight: Sight, customerId: number): Promise<boolean> {
  const rows = await visible(db).execute({ ...sight, customerId })
  return rows.length > 0
}

const known = prepared((db) =>
  db
    .select({ id: customers.id })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId')))
    .prepare('customers_is_known'),
)

/** Whether there is such a customer, for staff: erased ones too, of whom books remain. */
export async function isKnownCustomer(db: Queryable, customerId: number): Promise<boolean> {
  const rows = await known(db).execute({ customerId })
  return rows.length > 0
}
