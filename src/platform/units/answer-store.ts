import { sql } from 'drizzle-orm'
import type { Tx } from '../database/database.ts'

export async function deleteExpiredAnswers(
  tx: Tx,
  tenantId: number,
  now: Temporal.Instant,
  limit: number,
): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from idempotency_records where ctid = any(array(
      select ctid from idempotency_records
      where tenant_id = ${tenantId} and expires_at <= ${now.toString()}::timestamptz
      limit ${limit} for update skip locked))`)
  return rowCount ?? 0
}
