import { sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'

/**
 * Writes much about one customer and makes the view and the standing of this customer once, at the end of `work`, instead of after each
 * statement. Until then nothing in the unit may read them. What `work` changes of other customers is seen at once, as ever.
 */
export async function makeViewsOnce<T>(tx: Tx, customerId: number, work: () => Promise<T>): Promise<T> {
  // The setting ends with the transaction at the latest, so that nothing has to be done where `work` fails.
  await tx.execute(sql`select set_config('palestra.views_later', ${String(customerId)}, true)`)
  const result = await work()
  await tx.execute(sql`select set_config('palestra.views_later', '', true)`)
  await tx.execute(
    sql`select palestra_refresh_customer_views(c.tenant_id, array[c.id]) from customers c where c.id = ${customerId}`,
  )
  return result
}
