import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database/database.ts'
import { contractCancelations, idlePeriods } from '../tables.ts'

type NewRow = typeof idlePeriods.$inferInsert
type Changed = Partial<
  Pick<
    NewRow,
    | 'startDate'
    | 'endDate'
    | 'unlimited'
    | 'unit'
    | 'value'
    | 'reasonId'
    | 'documentId'
    | 'state'
    | 'pendingChange'
    | 'policySnapshot'
    | 'freeDays'
  >
>

export async function insertIdlePeriod(
  tx: Tx,
  row: Omit<NewRow, 'createdAt' | 'updatedAt'>,
  now: Temporal.Instant,
): Promise<number> {
  const [added] = await tx
    .insert(idlePeriods)
    .values({ ...row, createdAt: now, updatedAt: now })
    .returning({ id: idlePeriods.id })
  if (!added) throw new Error('The pause was not stored.')
  return added.id
}

export async function updateIdlePeriodRow(tx: Tx, idlePeriodId: number, changed: Changed, now: Temporal.Instant) {
  await tx
    .update(idlePeriods)
    .set({ ...changed, updatedAt: now, version: sql`${idlePeriods.version} + 1` })
    .where(eq(idlePeriods.id, idlePeriodId))
}

/** Moves the last day of a cancelation that is live. */
export async function moveCancelation(
  tx: Tx,
  cancelationId: number,
  toDate: Temporal.PlainDate,
  now: Temporal.Instant,
) {
  await tx
    .update(contractCancelations)
    .set({ toDate, updatedAt: now, version: sql`${contractCancelations.version} + 1` })
    .where(and(eq(contractCancelations.id, cancelationId)))
}
