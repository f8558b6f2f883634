import { and, asc, eq } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { collectionCases } from '../tables.ts'
import { listDebts, selectCases } from './case-store.ts'

/** Cases with their debts as staff see them. */
export async function listStaffCases(
  db: Queryable,
  { runId, customerId }: { readonly runId?: number | undefined; readonly customerId?: number | undefined },
) {
  const rows = await selectCases(db)
    .where(
      and(
        runId === undefined ? undefined : eq(collectionCases.runId, runId),
        customerId === undefined ? undefined : eq(collectionCases.customerId, customerId),
      ),
    )
    .orderBy(asc(collectionCases.id))
  const debts = Map.groupBy(
    await listDebts(
      db,
      rows.map((row) => row.case.id),
    ),
    ({ caseId }) => caseId,
  )
  return rows.map(({ case: own, run, agencyId, publicId }) => ({
    id: own.id,
    uuid: own.uuid,
    runId: run.id,
    runState: run.state,
    customerId: own.customerId,
    debtorId: own.debtorId,
    isOpen: own.isOpen,
    agencyId,
    publicId,
    closure: own.closureType,
    closureReason: own.closureReason,
    closedOn: own.closedOn?.toString() ?? null,
    closedBy: own.closedBy,
    debts: (debts.get(own.id) ?? []).map((debt) => ({
      claimId: debt.claimId,
      original: debt.original,
      canceled: debt.canceled,
      paid: debt.paid,
      writtenOff: debt.writtenOff,
      currency: debt.currency,
    })),
  }))
}
