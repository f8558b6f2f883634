import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { cancelationReasons } from '../../membership-offers/tables.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import type { CancelationRow } from '../signed/contract-store.ts'
import { contractCancelations, contracts, idlePeriods } from '../tables.ts'

export type NewCancelation = Omit<
  typeof contractCancelations.$inferInsert,
  'id' | 'tenantId' | 'createdAt' | 'updatedAt'
>

export async function insertCancelation(tx: Tx, cancelation: NewCancelation, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(contractCancelations)
    .values({ ...cancelation, createdAt: now, updatedAt: now })
    .returning({ id: contractCancelations.id })
  return returnedId(rows)
}

export async function updateCancelationState(
  tx: Tx,
  cancelationId: number,
  state: CancelationRow['state'],
  now: Temporal.Instant,
) {
  await tx
    .update(contractCancelations)
    .set({ state, updatedAt: now, version: sql`${contractCancelations.version} + 1` })
    .where(eq(contractCancelations.id, cancelationId))
}

/** Takes pauses back, those that wait for staff and accepted ones. */
export async function withdrawPauses(tx: Tx, idlePeriodIds: readonly number[], now: Temporal.Instant) {
  if (idlePeriodIds.length === 0) return
  await tx
    .update(idlePeriods)
    .set({ state: 'WITHDRAWN', pendingChange: null, updatedAt: now, version: sql`${idlePeriods.version} + 1` })
    .where(inArray(idlePeriods.id, [...idlePeriodIds]))
}

/** The words of a reason of a studio that staff may choose: also those that members do not see. */
export async function findStaffReason(db: Queryable, studioId: number, reasonId: number): Promise<string | undefined> {
  const { id, name, studioId: at, active, systemKind } = cancelationReasons
  const [row] = await db
    .select({ name })
    .from(cancelationReasons)
    .where(and(eq(id, reasonId), eq(at, studioId), eq(active, true), isNull(systemKind)))
  return row?.name
}

/** The contracts of a studio whose cancelation, or its withdrawal, waits. */
export async function listWaitingContracts(db: Queryable, studioId: number): Promise<number[]> {
  const rows = await db
    .select({ id: contracts.id })
    .from(contractCancelations)
    .innerJoin(contracts, eq(contracts.id, contractCancelations.contractId))
    .where(
      and(
        eq(contracts.studioId, studioId),
        isNull(contracts.voidedAt),
        inArray(contractCancelations.state, ['PENDING', 'WITHDRAWAL_PENDING']),
      ),
    )
  return rows.map(({ id }) => id)
}
