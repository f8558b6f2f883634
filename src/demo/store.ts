import { sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { deleteTenantRows } from '../platform/deployment/tenant-removal.ts'

export async function hasTenant(db: Queryable, slug: string): Promise<boolean> {
  const rows = await db.select({ id: sql<number>`tenant_id` }).from(sql`palestra_find_tenant(${slug})`)
  return rows.length > 0
}

/** An arbitrary number that all processes agree on: two that start at once do not both plant. */
const seedingLock = 7_252_538_002

export async function lockSeeding(tx: Tx) {
  await tx.execute(sql`select pg_advisory_xact_lock(${seedingLock})`)
}

/** Deletes every row of the connection's tenant; its planned jobs stay and are due at `realNow`. */
export async function clearTenant(tx: Tx, realNow: Temporal.Instant) {
  await tx.execute(sql`update scheduled_jobs set next_run_at = ${realNow.toString()}::timestamptz`)
  await deleteTenantRows(tx, ['scheduled_jobs'])
}
