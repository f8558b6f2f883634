import { desc, eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { customerAccessLog } from '../tables.ts'

/** One read of one customer; `at` by the clock of the tenant. */
export interface AccessLine {
  readonly customerId: number
  readonly apiKeyId: number
  readonly operation: string
  readonly at: Temporal.Instant
}

/** Forgets reads before `until`, by the tenant's clock; answers how many of at most `limit`. */
export async function deleteAccessLines(
  tx: Tx,
  tenantId: number,
  until: Temporal.Instant,
  limit: number,
): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from ${customerAccessLog} where ctid = any(array(
      select ctid from ${customerAccessLog}
      where tenant_id = ${tenantId} and at < ${until.toString()}::timestamptz
      limit ${limit} for update skip locked))`)
  return rowCount ?? 0
}

/** Whole columns as parameters: thousands of lines cost a handful of values to send and to plan. */
export async function insertAccessLines(tx: Tx, lines: readonly AccessLine[]) {
  const columns = {
    customerIds: lines.map(({ customerId }) => customerId),
    keyIds: lines.map(({ apiKeyId }) => apiKeyId),
    operations: lines.map(({ operation }) => operation),
    ats: lines.map(({ at }) => at.toString()),
  }
  await tx.execute(sql`
    insert into ${customerAccessLog} (customer_id, api_key_id, operation, at)
    select * from unnest(${sql.param(columns.customerIds)}::bigint[], ${sql.param(columns.keyIds)}::bigint[],
      ${sql.param(columns.operations)}::text[], ${sql.param(columns.ats)}::timestamptz[])`)
}

/** Who read a customer, latest first: the key of a partner or a member of staff, and by which operation. */
export function listAccessLines(db: Queryable, customerId: number) {
  return db
    .select({
      at: customerAccessLog.at,
      operation: customerAccessLog.operation,
      apiKeyId: customerAccessLog.apiKeyId,
      staffUserId: customerAccessLog.staffUserId,
    })
    .from(customerAccessLog)
    .where(eq(customerAccessLog.customerId, customerId))
    .orderBy(desc(customerAccessLog.at), desc(customerAccessLog.id))
    .limit(1000)
}
