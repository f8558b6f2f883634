import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { debtClaims } from '../../accounts/tables.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { idList } from '../blocks/block-store.ts'
import {
  agencyCases,
  agencyContracts,
  collectionCases,
  collectionDebts,
  collectionPayments,
  debtCollectionRuns,
} from '../tables.ts'

/** A case with the run, the agency contract and the agency's own case that it belongs to. */
export function selectCases(db: Queryable) {
  return db
    .select({
      case: collectionCases,
      run: debtCollectionRuns,
      agencyContract: agencyContracts,
      agencyId: agencyCases.agencyId,
      publicId: agencyCases.publicId,
    })
    .from(collectionCases)
    .innerJoin(
      debtCollectionRuns,
      and(eq(debtCollectionRuns.tenantId, collectionCases.tenantId), eq(debtCollectionRuns.id, collectionCases.runId)),
    )
    .innerJoin(
      agencyContracts,
      and(
        eq(agencyContracts.tenantId, debtCollectionRuns.tenantId),
        eq(agencyContracts.id, debtCollectionRuns.agencyContractId),
      ),
    )
    .leftJoin(
      agencyCases,
      and(eq(agencyCases.tenantId, collectionCases.tenantId), eq(agencyCases.id, collectionCases.agencyCaseId)),
    )
    .$dynamic()
}

export type CaseRow = Awaited<ReturnType<typeof selectCases>>[number]

export async function findCase(db: Queryable, caseId: number): Promise<CaseRow | undefined> {
  const [row] = await selectCases(db).where(eq(collectionCases.id, caseId))
  return row
}

/** Cases of a debtor as one agency sees them. */
interface DebtorKey {
  readonly studioId: number
  readonly integrationId: number
  readonly debtorId: string
}

/** What an agency has of a debtor, runs that it does not see left out. */
export async function listCasesOfDebtor(db: Queryable, { studioId, integrationId, debtorId }: DebtorKey) {
  const rows = await selectCases(db)
    .where(
      and(
        eq(collectionCases.debtorId, debtorId),
        eq(debtCollectionRuns.studioId, studioId),
        sql`${debtCollectionRuns.state} in ('INTERNAL_PROCESSING', 'WAITING_FOR_CONFIRMATION', 'COMPLETED')`,
      ),
    )
    .orderBy(asc(collectionCases.id))
  return rows.filter(({ agencyContract }) => agencyContract.integrationId === integrationId)
}

/** A case with all others that its agency keeps in the same file. */
export function listJoinedCases(db: Queryable, { id, agencyCaseId }: CaseRow['case']): Promise<CaseRow[]> {
  return selectCases(db)
    .where(agencyCaseId === null ? eq(collectionCases.id, id) : eq(collectionCases.agencyCaseId, agencyCaseId))
    .orderBy(asc(collectionCases.id))
}

type DebtColumns = typeof collectionDebts.$inferSelect

/** A debt with the id under which agencies know it. */
export interface DebtRow extends DebtColumns {
  readonly debtUuid: string
}

export async function listDebts(db: Queryable, caseIds: readonly number[]): Promise<DebtRow[]> {
  const rows = await db
    .select({ debt: collectionDebts, debtUuid: debtClaims.debtUuid })
    .from(collectionDebts)
    .innerJoin(
      debtClaims,
      and(eq(debtClaims.tenantId, collectionDebts.tenantId), eq(debtClaims.id, collectionDebts.claimId)),
    )
    .where(sql`${collectionDebts.caseId} = any(${idList(caseIds)})`)
    .orderBy(debtClaims.dueDate, debtClaims.id)
  return rows.map(({ debt, debtUuid }) => ({ ...debt, debtUuid }))
}

export type DebtChanges = Partial<Pick<DebtColumns, 'paid' | 'canceled' | 'assigned' | 'writtenOff' | 'isBought'>>

export async function updateDebt(tx: Tx, debtId: number, changes: DebtChanges, now: Temporal.Instant) {
  await tx
    .update(collectionDebts)
    .set({ ...changes, updatedAt: now, version: sql`${collectionDebts.version} + 1` })
    .where(eq(collectionDebts.id, debtId))
}

/** Notes that an agency has bought a debt and owes so much for it. */
export const setAssigned = (tx: Tx, debtId: number, assigned: string, now: Temporal.Instant) =>
  updateDebt(tx, debtId, { isBought: true, assigned }, now)

/** Notes that an agency owes so much more for a debt that it has bought, decimal text. */
export async function addAssigned(tx: Tx, debtId: number, amount: string, now: Temporal.Instant) {
  await tx
    .update(collectionDebts)
    .set({ assigned: sql`${collectionDebts.assigned} + ${amount}::numeric`, updatedAt: now })
    .where(eq(collectionDebts.id, debtId))
}

type CaseChanges = Partial<typeof collectionCases.$inferInsert>

export async function updateCases(tx: Tx, caseIds: readonly number[], changes: CaseChanges, now: Temporal.Instant) {
  if (caseIds.length === 0) return
  await tx
    .update(collectionCases)
    .set({ ...changes, updatedAt: now, version: sql`${collectionCases.version} + 1` })
    .where(inArray(collectionCases.id, [...caseIds]))
}

/** What an agency has paid for a debt, the newest first, with what it has not taken back of it. */
export async function listDebtPayments(db: Queryable, debtId: number) {
  const { id, paymentId, amount, corrected } = collectionPayments
  return db
    .select({ id, paymentId, left: sql<string>`(${amount} - ${corrected})::text` })
    .from(collectionPayments)
    .where(and(eq(collectionPayments.debtId, debtId), sql`${amount} > ${corrected}`))
    .orderBy(sql`${id} desc`)
}

/** What a payment was for beside one debt, by claim. */
export async function listOtherShares(db: Queryable, paymentId: number, debtId: number) {
  return db
    .select({
      claimId: collectionDebts.claimId,
      left: sql<string>`(${collectionPayments.amount} - ${collectionPayments.corrected})::text`,
    })
    .from(collectionPayments)
    .innerJoin(
      collectionDebts,
      and(eq(collectionDebts.tenantId, collectionPayments.tenantId), eq(collectionDebts.id, collectionPayments.debtId)),
    )
    .where(and(eq(collectionPayments.paymentId, paymentId), sql`${collectionDebts.id} <> ${debtId}`))
}

interface Share {
  readonly debtId: number
  readonly paymentId: number | null
  readonly amount: string
}

export async function insertShares(tx: Tx, shares: readonly Share[], now: Temporal.Instant) {
  if (shares.length === 0) return
  await tx.insert(collectionPayments).values(shares.map((share) => ({ ...share, createdAt: now, updatedAt: now })))
}

/** Notes that an agency has taken so much of a share back, decimal text. */
export async function correctShare(tx: Tx, shareId: number, amount: string, now: Temporal.Instant) {
  await tx
    .update(collectionPayments)
    .set({ corrected: sql`${collectionPayments.corrected} + ${amount}::numeric`, updatedAt: now })
    .where(eq(collectionPayments.id, shareId))
}

/** Takes out of all cases of a person what an agency was given about this person. */
export async function blankCases(tx: Tx, customerId: number, now: Temporal.Instant) {
  await tx
    .update(collectionCases)
    .set({
      snapshot: null,
      ibanEnc: null,
      identificationEnc: null,
      liableIbanEnc: null,
      liableIdentificationEnc: null,
      closureText: null,
      updatedAt: now,
    })
    .where(eq(collectionCases.customerId, customerId))
}
