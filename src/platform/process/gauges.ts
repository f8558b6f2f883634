import { sql } from 'drizzle-orm'
import { findOldestUnsealed, listTenantsWithUnsealedAudit } from '../audit/store.ts'
import type { Database, Queryable } from '../database/database.ts'
import type { WorkPlaces } from '../places/work-places.ts'
import type { Clock } from '../time/tenant-clock.ts'
import type { Metrics } from './metrics.ts'

/** Where the figures are looked up. */
interface TenantReads {
  readonly database: Database
  readonly clock: Clock
}

/** What the platform's own figures are about. */
export interface GaugeDeps extends TenantReads {
  readonly metrics: Metrics
  readonly places: WorkPlaces
}

/** Figures that are looked up whenever metrics are read. A figure that cannot be read is NaN, not a failed page. */
export function registerGauges(platform: GaugeDeps) {
  const { metrics, database, places } = platform
  metrics.observe('palestra_work_places', 'Places of work that are taken', () => places.taken)
  metrics.observe('palestra_work_limit', 'Places of work that there are', () => places.limit)
  metrics.observeEach('palestra_work_waiting', 'Requests that wait for a place or a turn', 'class', async () => {
    const classes = ['CRITICAL', 'NORMAL', 'BULK'] as const
    return new Map(classes.map((rank) => [rank, places.waiting(rank)]))
  })
  metrics.count('palestra_db_tenant_switch_total', 'Connections that changed their tenant', () => {
    return database.pool.tenantSwitches
  })
  metrics.observe('palestra_outbox_lag_seconds', 'Age of the oldest event that no delivery was planned for', () =>
    outboxLag(platform),
  )
  metrics.observe('palestra_audit_unsealed_seconds', 'Age of the oldest audit row without a seal', () =>
    unsealedAge(platform),
  )
}

/** Seconds by the tenants' own clocks; 0 when nothing waits. */
export async function outboxLag(reads: TenantReads): Promise<number> {
  const tenants = await reads.database.read('none', listTenantsWithOutbox)
  return oldestAge(reads, tenants, findOldestEvent)
}

export async function unsealedAge(reads: TenantReads): Promise<number> {
  const tenants = await reads.database.read('none', listTenantsWithUnsealedAudit)
  return oldestAge(reads, tenants, findOldestUnsealed)
}

async function oldestAge(
  { database, clock }: TenantReads,
  tenants: readonly number[],
  findOldest: (db: Queryable, tenantId: number) => Promise<Temporal.Instant | undefined>,
): Promise<number> {
  let seconds = 0
  for (const tenantId of tenants) {
    const at = await database.read(tenantId, (db) => findOldest(db, tenantId))
    const now = await clock.now(tenantId)
    if (at) seconds = Math.max(seconds, (now.epochMilliseconds - at.epochMilliseconds) / 1000)
  }
  return seconds
}

async function listTenantsWithOutbox(db: Queryable): Promise<readonly number[]> {
  const rows = await db.select({ id: sql<number>`tenant_id` }).from(sql`palestra_tenants_with_outbox()`)
  return rows.map(({ id }) => id)
}

async function findOldestEvent(db: Queryable, tenantId: number): Promise<Temporal.Instant | undefined> {
  const [row] = await db
    .select({ at: sql<string>`occurred_at` })
    .from(sql`outbox_events`)
    .where(sql`tenant_id = ${tenantId} and fanned_out_at is null`)
    .orderBy(sql`id`)
    .limit(1)
  return row && Temporal.Instant.from(row.at)
}
