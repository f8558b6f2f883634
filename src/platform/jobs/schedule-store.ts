import { and, asc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../database/database.ts'
import { jobRuns, scheduledJobs } from '../tables.ts'
import type { JobStudio } from './job.ts'

export interface PlannedRun {
  readonly name: string
  readonly studioId: number
  readonly dueAt: Temporal.Instant
}

/** Active tenants, for work that goes round all of them. */
export async function listTenantIds(db: Queryable): Promise<readonly number[]> {
  const rows = await db
    .select({ id: sql<number>`tenant_id` })
    .from(sql`palestra_list_tenants()`)
    .where(sql`status = 'ACTIVE'`)
  return rows.map(({ id }) => id)
}

/** All tenants, suspended ones too. */
export async function listAllTenantIds(db: Queryable): Promise<readonly number[]> {
  const rows = await db.select({ id: sql<number>`tenant_id` }).from(sql`palestra_list_tenants()`)
  return rows.map(({ id }) => id)
}

/** Tenants where one of the named daily jobs is due. */
export async function listTenantsWithDueJobs(
  db: Queryable,
  names: readonly string[],
  realNow: Temporal.Instant,
): Promise<readonly number[]> {
  const rows = await db
    .select({ id: sql<number>`tenant_id` })
    .from(sql`palestra_tenants_with_due_jobs(${sql.param([...names])}::text[], ${realNow.toString()}::timestamptz)`)
  return rows.map(({ id }) => id)
}

/** The earliest planned run of the named daily jobs, at the same moment the one that is named first. Other rows belong to routines and to other versions. */
export async function findNextRun(
  db: Queryable,
  tenantId: number,
  names: readonly string[],
): Promise<PlannedRun | undefined> {
  const isMine = and(eq(scheduledJobs.tenantId, tenantId), inArray(scheduledJobs.name, [...names]))
  const [row] = await db
    .select({ name: scheduledJobs.name, studioId: sql<number>`studio_id`, dueAt: scheduledJobs.nextRunAt })
    .from(scheduledJobs)
    .where(and(isMine, isNotNull(scheduledJobs.studioId)))
    .orderBy(
      asc(scheduledJobs.nextRunAt),
      sql`array_position(${sql.param([...names])}::text[], ${scheduledJobs.name})`,
      asc(scheduledJobs.studioId),
    )
    .limit(1)
  return row
}

/** Whether this very run is still planned; holds its row, so that one node runs it. */
export async function lockRun(tx: Tx, tenantId: number, run: PlannedRun): Promise<boolean> {
  const rows = await tx
    .select({ id: scheduledJobs.id })
    .from(scheduledJobs)
    .where(and(sameJob(tenantId, run), lte(scheduledJobs.nextRunAt, run.dueAt)))
    .for('update')
  return rows.length > 0
}

export async function planRun(tx: Tx, tenantId: number, run: PlannedRun, now: Temporal.Instant) {
  await tx
    .insert(scheduledJobs)
    .values({ tenantId, name: run.name, studioId: run.studioId, nextRunAt: run.dueAt, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
}

export async function moveRun(tx: Tx, tenantId: number, run: PlannedRun, next: Temporal.Instant) {
  await tx.update(scheduledJobs).set({ nextRunAt: next }).where(sameJob(tenantId, run))
}

/** Notes a finished run; the unique key refuses the same planned moment a second time. */
export async function insertJobRun(
  tx: Tx,
  tenantId: number,
  { run, runKey, now }: { readonly run: PlannedRun; readonly runKey: string; readonly now: Temporal.Instant },
): Promise<boolean> {
  const rows = await tx
    .insert(jobRuns)
    .values({
      tenantId,
      job: run.name,
      studioId: run.studioId,
      runKey,
      state: 'DONE',
      createdAt: now,
      startedAt: now,
      finishedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: jobRuns.id })
  return rows.length > 0
}

export async function listJobStudios(db: Queryable, tenantId: number): Promise<readonly JobStudio[]> {
  const rows = await db
    .select({ id: sql<number>`id`, zone: sql<string>`time_zone` })
    .from(sql`studios`)
    .where(sql`tenant_id = ${tenantId} and status = 'ACTIVE'`)
    .orderBy(sql`id`)
  return rows
}

function sameJob(tenantId: number, { name, studioId }: PlannedRun) {
  return and(eq(scheduledJobs.tenantId, tenantId), eq(scheduledJobs.name, name), eq(scheduledJobs.studioId, studioId))
}
