import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { debtClaims } from '../../accounts/tables.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { agencyContracts, collectionCases, collectionDebts, debtCollectionRuns } from '../tables.ts'

export type RunRow = typeof debtCollectionRuns.$inferSelect
type Fill = 'tenantId' | 'createdAt' | 'updatedAt' | 'version'
export type NewRun = Omit<typeof debtCollectionRuns.$inferInsert, Fill>

export async function insertRun(tx: Tx, run: NewRun, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(debtCollectionRuns)
    .values({ ...run, createdAt: now, updatedAt: now })
    .returning({ id: debtCollectionRuns.id })
  return returnedId(rows)
}

/** A run with the agency contract that it belongs to. */
export async function findRun(db: Queryable, runId: number) {
  const [row] = await db
    .select({ run: debtCollectionRuns, agencyContract: agencyContracts })
    .from(debtCollectionRuns)
    .innerJoin(
      agencyContracts,
      and(
        eq(agencyContracts.tenantId, debtCollectionRuns.tenantId),
        eq(agencyContracts.id, debtCollectionRuns.agencyContractId),
      ),
    )
    .where(eq(debtCollectionRuns.id, runId))
  return row
}

/** Keeps others from moving a run on until the unit ends; undefined where there is none. */
export async function lockRun(tx: Tx, runId: number): Promise<RunRow | undefined> {
  const [row] = await tx.select().from(debtCollectionRuns).where(eq(debtCollectionRuns.id, runId)).for('update')
  return row
}

export async function updateRun(tx: Tx, runId: number, changes: Partial<NewRun>, now: Temporal.Instant) {
  await tx
    .update(debtCollectionRuns)
    .set({ ...changes, updatedAt: now, version: sql`${debtCollectionRuns.version} + 1` })
    .where(eq(debtCollectionRuns.id, runId))
}

/** Removes a draft with everything in it. */
export async function deleteRun(tx: Tx, runId: number) {
  const cases = tx.select({ id: collectionCases.id }).from(collectionCases).where(eq(collectionCases.runId, runId))
  await tx.delete(collectionDebts).where(inArray(collectionDebts.caseId, cases))
  await tx.delete(collectionCases).where(eq(collectionCases.runId, runId))
  await tx.delete(debtCollectionRuns).where(eq(debtCollectionRuns.id, runId))
}

/** Runs of a studio, or of all, the newest first, with how many customers and how much is in each. */
export function listRuns(db: Queryable, studioId: number | undefined) {
  const { id, agencyContractId, origin, state, collectionDate, confirmedAt, reminders } = debtCollectionRuns
  return db
    .select({
      id,
      studioId: debtCollectionRuns.studioId,
      agencyContractId,
      origin,
      state,
      collectionDate,
      confirmedAt,
      reminders,
      debtors: sql<number>`count(distinct ${collectionCases.id})::int`,
      total: sql<string>`coalesce(sum(${collectionDebts.original}), 0)::text`,
    })
    .from(debtCollectionRuns)
    .leftJoin(
      collectionCases,
      and(eq(collectionCases.tenantId, debtCollectionRuns.tenantId), eq(collectionCases.runId, id)),
    )
    .leftJoin(
      collectionDebts,
      and(eq(collectionDebts.tenantId, collectionCases.tenantId), eq(collectionDebts.caseId, collectionCases.id)),
    )
    .where(studioId === undefined ? undefined : eq(debtCollectionRuns.studioId, studioId))
    .groupBy(debtCollectionRuns.tenantId, id)
    .orderBy(desc(id))
}

interface NewCase {
  readonly customerId: number
  readonly debtorId: string
  readonly currency: string
  readonly debts: readonly { readonly claimId: number; readonly original: string }[]
}

/** Puts a customer with debts into a run. */
export async function insertCase(
  tx: Tx,
  runId: number,
  { customerId, debtorId, currency, debts }: NewCase,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .insert(collectionCases)
    .values({ runId, customerId, debtorId, createdAt: now, updatedAt: now })
    .returning({ id: collectionCases.id })
  const caseId = returnedId(rows)
  const stamps = { createdAt: now, updatedAt: now }
  await tx.insert(collectionDebts).values(debts.map((debt) => ({ ...debt, caseId, customerId, currency, ...stamps })))
  return caseId
}

export function listRunCases(db: Queryable, runId: number) {
  const { id, uuid, customerId, debtorId } = collectionCases
  return db
    .select({ id, uuid, customerId, debtorId })
    .from(collectionCases)
    .where(eq(collectionCases.runId, runId))
    .orderBy(asc(customerId))
}

/** The debts of cases with their claims, by due date. */
export function listCaseDebts(db: Queryable, caseIds: readonly number[]) {
  return db
    .select({ debt: collectionDebts, debtUuid: debtClaims.debtUuid, dueDate: debtClaims.dueDate })
    .from(collectionDebts)
    .innerJoin(
      debtClaims,
      and(eq(debtClaims.tenantId, collectionDebts.tenantId), eq(debtClaims.id, collectionDebts.claimId)),
    )
    .where(inArray(collectionDebts.caseId, [...caseIds]))
    .orderBy(asc(debtClaims.dueDate), asc(debtClaims.id))
}

/** Opens or closes cases with their debts. */
export async function openCases(tx: Tx, caseIds: readonly number[], isOpen: boolean, now: Temporal.Instant) {
  const changes = { isOpen, updatedAt: now }
  await tx
    .update(collectionCases)
    .set({ ...changes, version: sql`${collectionCases.version} + 1` })
    .where(inArray(collectionCases.id, [...caseIds]))
  await tx
    .update(collectionDebts)
    .set({ ...changes, version: sql`${collectionDebts.version} + 1` })
    .where(inArray(collectionDebts.caseId, [...caseIds]))
}

export async function deleteCases(tx: Tx, caseIds: readonly number[]) {
  if (caseIds.length === 0) return
  await tx.delete(collectionDebts).where(inArray(collectionDebts.caseId, [...caseIds]))
  await tx.delete(collectionCases).where(inArray(collectionCases.id, [...caseIds]))
}

export async function deleteDebts(tx: Tx, debtIds: readonly number[]) {
  if (debtIds.length > 0) await tx.delete(collectionDebts).where(inArray(collectionDebts.id, [...debtIds]))
}

/** What is handed over of a debt that was drafted before. */
export async function setOriginal(tx: Tx, debtId: number, original: string, now: Temporal.Instant) {
  await tx.update(collectionDebts).set({ original, updatedAt: now }).where(eq(collectionDebts.id, debtId))
}

/** Runs whose preparation a crash has cut short. */
export async function listUnprepared(db: Queryable): Promise<number[]> {
  const rows = await db
    .select({ id: debtCollectionRuns.id })
    .from(debtCollectionRuns)
    .where(sql`${debtCollectionRuns.state} = 'INTERNAL_PROCESSING'`)
    .orderBy(debtCollectionRuns.id)
  return rows.map(({ id }) => id)
}

/** Runs that were announced before a moment and still wait for their agency, which may be reminded. */
export async function listUnanswered(db: Queryable, announcedBefore: Temporal.Instant, reminders: number) {
  const rows = await db
    .select({ id: debtCollectionRuns.id })
    .from(debtCollectionRuns)
    .where(
      sql`${debtCollectionRuns.state} = 'WAITING_FOR_CONFIRMATION' and ${debtCollectionRuns.reminders} < ${reminders}
        and ${debtCollectionRuns.announcedAt} <= ${announcedBefore.toString()}::timestamptz`,
    )
    .orderBy(debtCollectionRuns.id)
  return rows.map(({ id }) => id)
}

/** When the run that has waited longest was announced. */
export async function findFirstAnnounced(db: Queryable, reminders: number): Promise<Temporal.Instant | undefined> {
  const [row] = await db
    .select({ announcedAt: debtCollectionRuns.announcedAt })
    .from(debtCollectionRuns)
    .where(
      sql`${debtCollectionRuns.state} = 'WAITING_FOR_CONFIRMATION' and ${debtCollectionRuns.reminders} < ${reminders}`,
    )
    .orderBy(debtCollectionRuns.announcedAt)
    .limit(1)
  return row?.announcedAt ?? undefined
}
