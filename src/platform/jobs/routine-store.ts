import { and, eq, isNull, lte, or, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../database/database.ts'
import { scheduledJobs } from '../tables.ts'

/** One routine of one tenant. */
export interface TenantRoutine {
  readonly tenantId: number
  readonly name: string
}

/** Those of the named routines whose round is due and held by no node, the longest due first. */
export async function listDueRoutines(
  db: Queryable,
  names: readonly string[],
  realNow: Temporal.Instant,
): Promise<readonly TenantRoutine[]> {
  return db
    .select({ tenantId: sql<number>`tenant_id`, name: sql<string>`name` })
    .from(sql`palestra_due_routines(${sql.param([...names])}::text[], ${realNow.toString()}::timestamptz)`)
}

/**
 * Gives a routine its row, due at once. A row that is due later than its interval allows was planned by a version with a
 * longer one, or by a node whose time was wrong: it comes forward.
 */
export async function planRoutine(
  tx: Tx,
  { tenantId, name }: TenantRoutine,
  { now, latest }: { readonly now: Temporal.Instant; readonly latest: Temporal.Instant },
) {
  await tx
    .insert(scheduledJobs)
    .values({ tenantId, name, studioId: null, nextRunAt: now, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [scheduledJobs.tenantId, scheduledJobs.name, scheduledJobs.studioId],
      set: { nextRunAt: latest },
      setWhere: sql`${scheduledJobs.nextRunAt} > ${latest.toString()}::timestamptz`,
    })
}

/** Takes a round that is due until `lockedUntil` and returns when it was due; undefined when another node has it. */
export async function takeRound(
  tx: Tx,
  routine: TenantRoutine,
  { now, lockedUntil }: { readonly now: Temporal.Instant; readonly lockedUntil: Temporal.Instant },
): Promise<Temporal.Instant | undefined> {
  const isFree = or(isNull(scheduledJobs.lockedUntil), lte(scheduledJobs.lockedUntil, now))
  const [row] = await tx
    .update(scheduledJobs)
    .set({ lockedUntil })
    .where(and(sameRoutine(routine), lte(scheduledJobs.nextRunAt, now), isFree))
    .returning({ dueAt: scheduledJobs.nextRunAt })
  return row?.dueAt
}

/** Changes the row of a round that is held until `heldUntil`; says whether it still was. */
export async function updateHeldRound(
  tx: Tx,
  routine: TenantRoutine,
  heldUntil: Temporal.Instant,
  changes: { readonly lockedUntil: Temporal.Instant | null; readonly nextRunAt?: Temporal.Instant },
): Promise<boolean> {
  const rows = await tx
    .update(scheduledJobs)
    .set(changes)
    .where(and(sameRoutine(routine), eq(scheduledJobs.lockedUntil, heldUntil)))
    .returning({ id: scheduledJobs.id })
  return rows.length > 0
}

function sameRoutine({ tenantId, name }: TenantRoutine) {
  return and(eq(scheduledJobs.tenantId, tenantId), eq(scheduledJobs.name, name), isNull(scheduledJobs.studioId))
}
