import { sql } from 'drizzle-orm'
import type { Tx } from '../database/database.ts'

export const JOBS_CHANNEL = 'palestra_jobs'

/**
 * Lets jobs of the tenant run right after the commit, in whichever process: for a unit that leaves them work whose
 * outcome a person waits for. Without it they find the work within 15 seconds.
 */
export async function wakeJobs(tx: Tx) {
  await tx.execute(sql`select pg_notify(${JOBS_CHANNEL}, current_setting('palestra.tenant_id'))`)
}
