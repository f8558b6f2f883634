import { and, asc, eq, sql } from 'drizzle-orm'
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

/**
 * The planned runs of the named daily jobs that share the earliest moment: in the order of the names, then by studio. Other
 * rows belong to routines and to other versions.
 */
export function listNextRuns(db: Queryable, tenantId: number, names: readonly string[]): Promise<PlannedRun[]> {
  const wanted = sql`${sql.param([...names])}::text[]`
  const isMine = sql`tenant_id = ${tenantId} and name = any(${wanted}) and studio_id is not null`
  return db
    .select({ name: scheduledJobs.name, studioId: sql<number>`studio_id`, dueAt: scheduledJobs.nextRunAt })
    .from(scheduledJobs)
    .where(sql`${isMine} and next_run_at = (select min(next_run_at) from scheduled_jobs where ${isMine})`)
    .orderBy(sql`array_position(${wanted}, ${scheduledJobs.name})`, asc(scheduledJobs.studioId))
}

export async function planRun(tx: Tx, tenantId: number, run: PlannedRun, now: Temporal.Instant) {
  await tx
    .insert(scheduledJobs)
    .values({ tenantId, name: run.name, studioId: run.studioId, nextRunAt: run.dueAt, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
}

/** Plans a run that has nothing to do for later. */
export async function moveRun(tx: Tx, tenantId: number, run: PlannedRun, next: Temporal.Instant) {
  await tx.update(scheduledJobs).set({ nextRunAt: next }).where(sameJob(tenantId, run))
}

/** When the daily jobs of a studio run next, and when they have run last; in the order of their names. */
export async function listStudioJobs(db: Queryable, studioId: number) {
  const last = sql<string | null>`(select max(r.finished_at)::text from ${jobRuns} r
    where r.tenant_id = ${scheduledJobs.tenantId} and r.studio_id = ${scheduledJobs.studioId}
      and r.job = ${scheduledJobs.name})`
  return db
    .select({ name: scheduledJobs.name, nextRunAt: scheduledJobs.nextRunAt, lastRunAt: last })
    .from(scheduledJobs)
    .where(eq(scheduledJobs.studioId, studioId))
    .orderBy(asc(scheduledJobs.name))
}

/** Has a daily job run as soon as a server looks, if it is planned for later; the run after that is planned as ever. */
export async function hurryRun(tx: Tx, run: PlannedRun) {
  await tx
    .update(scheduledJobs)
    .set({ nextRunAt: run.dueAt })
    .where(
      and(
        eq(scheduledJobs.name, run.name),
        eq(scheduledJobs.studioId, run.studioId),
        sql`${scheduledJobs.nextRunAt} > ${run.dueAt.toString()}::timestamptz`,
      ),
    )
}

/** A run that is taken: under which key it is stored, and when the next one is due. */
export interface TakenRun {
  readonly run: PlannedRun
  readonly runKey: string
  readonly next: Temporal.Instant
  readonly now: Temporal.Instant
}

/**
 * Takes this very run for the present unit: plans the next one and marks this one as done. False when another node has
 * taken it, or when the same planned moment was done before.
 */
export async function takeRun(tx: Tx, tenantId: number, { run, runKey, next, now }: TakenRun): Promise<boolean> {
  const at = sql`${now.toString()}::timestamptz`
  const { rowCount } = await tx.execute(sql`
    with moved as (
      update ${scheduledJobs} set next_run_at = ${next.toString()}::timestamptz
      where tenant_id = ${tenantId} and name = ${run.name} and studio_id = ${run.studioId}
        and next_run_at <= ${run.dueAt.toString()}::timestamptz
      returning id
    )
    insert into ${jobRuns} (tenant_id, job, studio_id, run_key, state, created_at, started_at, finished_at)
    select ${tenantId}, ${run.name}, ${run.studioId}, ${runKey}, 'DONE', ${at}, ${at}, ${at} from moved
    on conflict do nothing`)
  return rowCount === 1
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
