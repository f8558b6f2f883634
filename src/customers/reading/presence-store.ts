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
