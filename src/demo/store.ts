import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'

export async function hasTenant(db: Queryable, slug: string): Promise<boolean> {
  const rows = await db.select({ id: sql<number>`tenant_id` }).from(sql`palestra_find_tenant(${slug})`)
  return rows.length > 0
}

/** An arbitrary number that all processes agree on: two that start at once do not both plant. */
const seedingLock = 7_252_538_002

export async function lockSeeding(tx: Tx) {
  await tx.execute(sql`select pg_advisory_xact_lock(${seedingLock})`)
}

/**
 * Deletes every row of the connection's tenant, its clock included; its planned jobs stay and are due at `realNow`. All
 * tables in one statement: references are checked at its end, so that their order does not matter.
 */
export async function deleteTenantRows(tx: Tx, realNow: Temporal.Instant) {
  await tx.execute(sql`update audit_log set seal_no = 0 where seal_no is null`)
  await tx.execute(sql`set local palestra.audit_retention = 'on'`)
  await tx.execute(sql`set local palestra.ledger_removal = 'on'`)
  await tx.execute(sql`update scheduled_jobs set next_run_at = ${realNow.toString()}::timestamptz`)
  const tables = await tx
    .select({ name: sql<string>`c.oid::regclass::text` })
    .from(sql`pg_class c`)
    .where(sql`c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'scheduled_jobs' and exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)`)
  const deletions = tables.map(({ name }, n) => `t${n} as (delete from ${name})`)
  await tx.execute(sql.raw(`with ${deletions.join(', ')} select 1`))
  await tx.execute(sql`select pg_notify('palestra_clock', ''), pg_notify('palestra_keys', '')`)
}
