import { sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import type { Database, Queryable } from '../database/database.ts'
import type { Clock } from '../time/tenant-clock.ts'
import type { Config } from '../config/config.ts'
import type { FileStorage } from '../files/storage.ts'
import type { RealTime } from '../time/clock.ts'
import type { Spool } from '../uploads/spool.ts'

/** What tidying up takes. */
export interface ChoreDeps {
  readonly config: Config
  readonly database: Database
  readonly clock: Clock
  readonly real: RealTime
  readonly files: FileStorage
  readonly spool: Spool
  readonly log: Logger
}

/**
 * Tidying up that no customer waits for. It runs in real time, on one node; a round that is interrupted or runs twice
 * does no harm.
 */
export interface Chore {
  readonly name: string
  /** Five fields, in UTC. */
  readonly cron: string
  /** Does one round for all tenants and says how many things it removed. */
  run(deps: ChoreDeps): Promise<number>
}

/** All tenants, suspended ones too: they are owed their deadlines as well. */
export async function listAllTenantIds(db: Queryable): Promise<readonly number[]> {
  const rows = await db.select({ id: sql<number>`tenant_id` }).from(sql`palestra_list_tenants()`)
  return rows.map(({ id }) => id)
}

/** Does `work` for one tenant after the other, with its own time, and adds up what it says. */
export async function forEachTenant(
  { database, clock }: Pick<ChoreDeps, 'database' | 'clock'>,
  work: (tenantId: number, now: Temporal.Instant) => Promise<number>,
): Promise<number> {
  let sum = 0
  for (const tenantId of await database.read('none', listAllTenantIds)) {
    sum += await work(tenantId, await clock.now(tenantId))
  }
  return sum
}

/** Repeats a removal until it finds less than a full batch, so that no statement runs for long. */
export async function inBatches(size: number, removeSome: (size: number) => Promise<number>): Promise<number> {
  for (let removed = 0; ; ) {
    const count = await removeSome(size)
    removed += count
    if (count < size) return removed
  }
}
