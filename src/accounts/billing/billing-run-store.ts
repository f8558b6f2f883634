import { and, asc, count, desc, eq, inArray, lte, min, ne, notExists, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { billingRunItems, billingRuns, debtClaims } from '../tables.ts'

export type BillingRun = typeof billingRuns.$inferSelect

/** Begins the run of a day; nothing happens when there is one. */
export async function insertRun(tx: Tx, studioId: number, runDate: Temporal.PlainDate, now: Temporal.Instant) {
  await tx
    .insert(billingRuns)
    .values({ studioId, runDate, state: 'RUNNING', createdAt: now, updatedAt: now })
    .onConflictDoNothing()
}

export async function findRun(db: Queryable, studioId: number, runDate: Temporal.PlainDate) {
  const isRun = and(eq(billingRuns.studioId, studioId), eq(billingRuns.runDate, runDate))
  const [row] = await db.select().from(billingRuns).where(isRun)
  return row
}

export async function lockRunById(tx: Tx, runId: number): Promise<BillingRun | undefined> {
  const [row] = await tx.select().from(billingRuns).where(eq(billingRuns.id, runId)).for('update')
  return row
}

type RunChanges = Partial<Pick<BillingRun, 'state' | 'gatheredTo' | 'isGathered' | 'completedAt'>>

export async function updateRun(tx: Tx, runId: number, changes: RunChanges, now: Temporal.Instant) {
  await tx
    .update(billingRuns)
    .set({ ...changes, updatedAt: now, version: sql`${billingRuns.version} + 1` })
    .where(eq(billingRuns.id, runId))
}

/** Runs that are under way, oldest day first. */
export function listRunning(db: Queryable): Promise<BillingRun[]> {
  return db
    .select()
    .from(billingRuns)
    .where(eq(billingRuns.state, 'RUNNING'))
    .orderBy(asc(billingRuns.runDate), asc(billingRuns.id))
}

/** The day of the oldest run of a studio that is not completed. */
export async function firstOpenDay(db: Queryable, studioId: number): Promise<Temporal.PlainDate | undefined> {
  const [row] = await db
    .select({ runDate: billingRuns.runDate })
    .from(billingRuns)
    .where(and(eq(billingRuns.studioId, studioId), ne(billingRuns.state, 'COMPLETED')))
    .orderBy(asc(billingRuns.runDate))
    .limit(1)
  return row?.runDate
}

/**
 * Gives the next customers with something due an item, and answers the last of them; undefined when there are none left.
 * An item that was done is done once more: something may have fallen due since.
 */
export async function gatherItems(
  tx: Tx,
  { id, studioId, runDate, gatheredTo }: BillingRun,
  size: number,
): Promise<number | undefined> {
  const rows = await tx
    .selectDistinct({ customerId: debtClaims.customerId })
    .from(debtClaims)
    .where(
      and(
        eq(debtClaims.studioId, studioId),
        sql`${debtClaims.state} = 'SCHEDULED'`,
        lte(debtClaims.dueDate, runDate),
        sql`${debtClaims.customerId} > ${gatheredTo}`,
      ),
    )
    .orderBy(asc(debtClaims.customerId))
    .limit(size)
  if (rows.length === 0) return undefined
  await tx
    .insert(billingRunItems)
    .values(rows.map(({ customerId }) => ({ runId: id, customerId, state: 'PENDING' as const })))
    .onConflictDoUpdate({
      target: [billingRunItems.tenantId, billingRunItems.runId, billingRunItems.customerId],
      set: { state: 'PENDING' },
      setWhere: sql`${billingRunItems.state} = 'DONE'`,
    })
  return rows.at(-1)?.customerId
}

/** Takes customers of a run for the present transaction; those that another one has are left out. */
export async function takeItems(
  tx: Tx,
  runId: number,
  { size, only }: { readonly size: number; readonly only?: number | undefined },
): Promise<number[]> {
  const isRunning = tx
    .select({ id: billingRuns.id })
    .from(billingRuns)
    .where(and(eq(billingRuns.id, runId), eq(billingRuns.state, 'RUNNING')))
  const rows = await tx
    .select({ customerId: billingRunItems.customerId })
    .from(billingRunItems)
    .where(
      and(
        eq(billingRunItems.runId, runId),
        sql`${billingRunItems.state} = 'PENDING'`,
        only === undefined ? undefined : eq(billingRunItems.customerId, only),
        sql`exists ${isRunning}`,
      ),
    )
    .orderBy(asc(billingRunItems.customerId))
    .limit(size)
    .for('update', { skipLocked: true })
  return rows.map(({ customerId }) => customerId)
}

export async function finishItems(tx: Tx, runId: number, customerIds: readonly number[]) {
  await tx
    .update(billingRunItems)
    .set({ state: 'DONE', attempts: sql`${billingRunItems.attempts} + 1` })
    .where(and(eq(billingRunItems.runId, runId), inArray(billingRunItems.customerId, [...customerIds])))
}

export interface Failure {
  readonly runId: number
  readonly customerId: number
  readonly error: string
}

/** Notes why an item failed; `retryAt` by the number of attempts that were made before. */
export async function failItem(
  tx: Tx,
  { runId, customerId, error }: Failure,
  retryAt: (attempts: number) => Temporal.Instant | null,
) {
  const isItem = and(eq(billingRunItems.runId, runId), eq(billingRunItems.customerId, customerId))
  const [item] = await tx
    .select({ attempts: billingRunItems.attempts })
    .from(billingRunItems)
    .where(and(isItem, eq(billingRunItems.state, 'PENDING')))
    .for('update')
  if (!item) return
  const attempts = item.attempts + 1
  await tx
    .update(billingRunItems)
    .set({ state: 'FAILED', error, attempts, retryAt: retryAt(attempts) })
    .where(isItem)
}

/** Whether customers of a run are waiting or being booked for. */
export async function hasPending(db: Queryable, runId: number): Promise<boolean> {
  const rows = await db
    .select({ customerId: billingRunItems.customerId })
    .from(billingRunItems)
    .where(and(eq(billingRunItems.runId, runId), sql`${billingRunItems.state} = 'PENDING'`))
    .limit(1)
  return rows.length > 0
}

/** Ends a run that has nothing left to do; answers whether this call did. */
export async function completeRunRow(tx: Tx, runId: number, now: Temporal.Instant): Promise<boolean> {
  const pending = tx
    .select({ customerId: billingRunItems.customerId })
    .from(billingRunItems)
    .where(and(eq(billingRunItems.runId, runId), sql`${billingRunItems.state} = 'PENDING'`))
  const rows = await tx
    .update(billingRuns)
    .set({ state: 'COMPLETED', completedAt: now, updatedAt: now, version: sql`${billingRuns.version} + 1` })
    .where(
      and(
        eq(billingRuns.id, runId),
        eq(billingRuns.state, 'RUNNING'),
        eq(billingRuns.isGathered, true),
        notExists(pending),
      ),
    )
    .returning({ id: billingRuns.id })
  return rows.length > 0
}

const isRetried = (now: Temporal.Instant) =>
  and(sql`${billingRunItems.state} = 'FAILED'`, lte(billingRunItems.retryAt, now))

/** When the next item that failed is tried again. */
export async function nextRetry(db: Queryable): Promise<Temporal.Instant | undefined> {
  const [row] = await db
    .select({ at: min(billingRunItems.retryAt) })
    .from(billingRunItems)
    .where(sql`${billingRunItems.state} = 'FAILED'`)
  return row?.at ?? undefined
}

/** Runs with items that are to be tried again by now. */
export async function listRunsToRetry(db: Queryable, now: Temporal.Instant): Promise<number[]> {
  const rows = await db
    .selectDistinct({ runId: billingRunItems.runId })
    .from(billingRunItems)
    .innerJoin(
      billingRuns,
      and(eq(billingRuns.tenantId, billingRunItems.tenantId), eq(billingRuns.id, billingRunItems.runId)),
    )
    .where(and(isRetried(now), ne(billingRuns.state, 'STOPPED')))
    .orderBy(asc(billingRunItems.runId))
  return rows.map(({ runId }) => runId)
}

/** Lets failed items of a run be tried again: those that are due by now, or all, with as many attempts as at first. */
export async function reviveItems(tx: Tx, runId: number, now: Temporal.Instant | 'ALL') {
  await tx
    .update(billingRunItems)
    .set({ state: 'PENDING', error: null, retryAt: null, ...(now === 'ALL' ? { attempts: 0 } : {}) })
    .where(
      and(eq(billingRunItems.runId, runId), now === 'ALL' ? sql`${billingRunItems.state} = 'FAILED'` : isRetried(now)),
    )
}

/** Runs of a studio, the latest day first, with how many customers stand where. */
export async function listRuns(db: Queryable, studioId: number, limit: number) {
  const runs = await db
    .select()
    .from(billingRuns)
    .where(eq(billingRuns.studioId, studioId))
    .orderBy(desc(billingRuns.runDate))
    .limit(limit)
  const { runId, state } = billingRunItems
  const ids = runs.map(({ id }) => id)
  const counts = await db
    .select({ runId, state, items: count() })
    .from(billingRunItems)
    .where(inArray(runId, ids))
    .groupBy(runId, state)
  const tally = (id: number, wanted: string) =>
    counts.find((row) => row.runId === id && row.state === wanted)?.items ?? 0
  return runs.map((run) => ({
    ...run,
    pending: tally(run.id, 'PENDING'),
    done: tally(run.id, 'DONE'),
    failed: tally(run.id, 'FAILED'),
  }))
}

/** Customers of a run for whom nothing could be booked. */
export function listFailures(db: Queryable, runId: number, limit: number) {
  const { customerId, attempts, error, retryAt } = billingRunItems
  return db
    .select({ customerId, attempts, error, retryAt })
    .from(billingRunItems)
    .where(and(eq(billingRunItems.runId, runId), sql`${billingRunItems.state} = 'FAILED'`))
    .orderBy(asc(customerId))
    .limit(limit)
}
