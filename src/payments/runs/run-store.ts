import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { studios } from '../../studios/tables.ts'
import { paymentInstruments, paymentRunItemClaims, paymentRunItems, paymentRuns } from '../tables.ts'

export type PaymentRun = typeof paymentRuns.$inferSelect
export type RunState = PaymentRun['state']
/** Ids as one value, however many there are. */
export const idArray = (ids: readonly number[]) => sql`${sql.param([...ids])}::bigint[]`

/** The account or card from which an item is collected, for a join. */
export const isItsInstrument = and(
  eq(paymentInstruments.tenantId, paymentRunItems.tenantId),
  eq(paymentInstruments.id, paymentRunItems.instrumentId),
)

type NewRun = Pick<
  typeof paymentRuns.$inferInsert,
  'studioId' | 'methodGroup' | 'origin' | 'targetDate' | 'collectionDate' | 'currency'
>

/** Adds a draft without items; undefined where the calendar has made the run of that day already. */
export async function insertRun(tx: Tx, run: NewRun, now: Temporal.Instant): Promise<number | undefined> {
  const rows = await tx
    .insert(paymentRuns)
    .values({ ...run, state: 'DRAFT', createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: paymentRuns.id })
  return rows.length === 0 ? undefined : returnedId(rows)
}

export async function deleteRun(tx: Tx, runId: number) {
  await tx.delete(paymentRuns).where(eq(paymentRuns.id, runId))
}

export async function findRun(db: Queryable, runId: number): Promise<PaymentRun | undefined> {
  const [row] = await db.select().from(paymentRuns).where(eq(paymentRuns.id, runId))
  return row
}

/** What is done with a run is done one after the other. */
export async function lockRun(tx: Tx, runId: number): Promise<PaymentRun | undefined> {
  const [row] = await tx.select().from(paymentRuns).where(eq(paymentRuns.id, runId)).for('update')
  return row
}

type RunChanges = Partial<
  Pick<
    PaymentRun,
    | 'state'
    | 'collectionDate'
    | 'exportedAt'
    | 'fixedTo'
    | 'isFixed'
    | 'fileId'
    | 'fileSha256'
    | 'stoppedAt'
    | 'submittedAt'
    | 'bookedAt'
  >
>

export async function updateRun(tx: Tx, runId: number, changes: RunChanges, now: Temporal.Instant) {
  await tx
    .update(paymentRuns)
    .set({ ...changes, updatedAt: now, version: sql`${paymentRuns.version} + 1` })
    .where(eq(paymentRuns.id, runId))
}

/** Whether staff have stopped the work on a run. */
export async function isStopped(db: Queryable, runId: number): Promise<boolean> {
  const [row] = await db.select({ stoppedAt: paymentRuns.stoppedAt }).from(paymentRuns).where(eq(paymentRuns.id, runId))
  return row !== undefined && row.stoppedAt !== null
}

/** Runs with something left to do that staff have not stopped, oldest first, with the time zone of their studio. */
export async function listOpenRuns(db: Queryable, studioId?: number) {
  return db
    .select({ run: paymentRuns, zone: studios.timeZone })
    .from(paymentRuns)
    .innerJoin(studios, and(eq(studios.tenantId, paymentRuns.tenantId), eq(studios.id, paymentRuns.studioId)))
    .where(
      and(
        sql`${paymentRuns.state} in ('EXPORTED', 'SUBMITTED')`,
        isNull(paymentRuns.stoppedAt),
        studioId === undefined ? undefined : eq(paymentRuns.studioId, studioId),
      ),
    )
    .orderBy(asc(paymentRuns.id))
}

/** Items and sums of runs by the state of the items. */
export function listTotals(db: Queryable, runIds: readonly number[]) {
  const { runId, state, sequenceType, amount } = paymentRunItems
  return db
    .select({
      runId,
      state,
      sequenceType,
      items: sql<number>`count(*)::int`,
      amount: sql<string>`sum(${amount})::text`,
    })
    .from(paymentRunItems)
    .where(inArray(runId, [...runIds]))
    .groupBy(runId, state, sequenceType)
}

/** Runs of a studio, the latest first. */
export function listRuns(db: Queryable, studioId: number, limit: number): Promise<PaymentRun[]> {
  return db
    .select()
    .from(paymentRuns)
    .where(eq(paymentRuns.studioId, studioId))
    .orderBy(desc(paymentRuns.id))
    .limit(limit)
}

/** Items of a run with the claims that they collect, by customer. */
export function listItems(db: Queryable, runId: number, page: { readonly after: number; readonly limit: number }) {
  const { id, customerId, instrumentId, state, amount, currency, sequenceType, endToEndId, rejectionReason, error } =
    paymentRunItems
  return db
    .select({
      id,
      customerId,
      instrumentId,
      state,
      amount,
      currency,
      sequenceType,
      endToEndId,
      rejectionReason,
      error,
      claimIds: sql<number[]>`(select array_agg(part.claim_id::float8 order by part.claim_id)
        from ${paymentRunItemClaims} part
        where part.tenant_id = ${paymentRunItems.tenantId} and part.item_id = ${paymentRunItems.id})`,
    })
    .from(paymentRunItems)
    .where(and(eq(paymentRunItems.runId, runId), sql`${paymentRunItems.customerId} > ${page.after}`))
    .orderBy(asc(paymentRunItems.customerId))
    .limit(page.limit)
}

export async function findItem(db: Queryable, itemId: number) {
  const [row] = await db.select().from(paymentRunItems).where(eq(paymentRunItems.id, itemId))
  return row
}

/** Items of a run that are not over. */
export function listLiveItems(db: Queryable, runId: number) {
  return db
    .select({ id: paymentRunItems.id, customerId: paymentRunItems.customerId, state: paymentRunItems.state })
    .from(paymentRunItems)
    .where(and(eq(paymentRunItems.runId, runId), sql`${paymentRunItems.state} in ('PENDING', 'EXPORTED')`))
    .orderBy(asc(paymentRunItems.customerId))
}

export async function hasItems(db: Queryable, runId: number, state: 'PENDING' | 'EXPORTED' | 'BOOKED') {
  const rows = await db
    .select({ id: paymentRunItems.id })
    .from(paymentRunItems)
    .where(and(eq(paymentRunItems.runId, runId), eq(paymentRunItems.state, state)))
    .limit(1)
  return rows.length > 0
}

type ItemChanges = Partial<
  Pick<typeof paymentRunItems.$inferSelect, 'state' | 'amount' | 'sequenceType' | 'rejectionReason' | 'error'>
>

export async function updateItem(tx: Tx, itemId: number, changes: ItemChanges, now: Temporal.Instant) {
  await tx
    .update(paymentRunItems)
    .set({ ...changes, updatedAt: now, version: sql`${paymentRunItems.version} + 1` })
    .where(eq(paymentRunItems.id, itemId))
}

/** Items are over without having collected anything: their claims are free for another run. */
export async function dropItems(tx: Tx, itemIds: readonly number[], now: Temporal.Instant) {
  if (itemIds.length === 0) return
  await tx
    .update(paymentRunItems)
    .set({ state: 'DROPPED', updatedAt: now, version: sql`${paymentRunItems.version} + 1` })
    .where(sql`${paymentRunItems.id} = any(${idArray(itemIds)})`)
  await endClaims(tx, itemIds)
}

/** The claims of items that are over may be taken by another run. */
export async function endClaims(tx: Tx, itemIds: readonly number[]) {
  await tx
    .update(paymentRunItemClaims)
    .set({ isLive: false })
    .where(and(sql`${paymentRunItemClaims.itemId} = any(${idArray(itemIds)})`, paymentRunItemClaims.isLive))
}
