import { and, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import { idleReasons } from '../../membership-offers/tables.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { files } from '../../platform/tables.ts'
import type { IdlePeriodRow } from '../signed/contract-store.ts'
import { contracts, idlePeriods } from '../tables.ts'

export interface ReasonRow {
  readonly id: number
  readonly name: string
  readonly documentRequired: boolean
}

/** Reasons by their ids, those that nobody may choose any more among them. */
export async function findReasons(db: Queryable, ids: readonly number[]): Promise<ReadonlyMap<number, ReasonRow>> {
  if (ids.length === 0) return new Map()
  const { id, name, documentRequired } = idleReasons
  const rows = await db
    .select({ id, name, documentRequired })
    .from(idleReasons)
    .where(inArray(id, [...ids]))
  return new Map(rows.map((row) => [row.id, row]))
}

/** The types of documents by their ids. */
export async function findMimes(db: Queryable, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: files.id, mime: files.mime })
    .from(files)
    .where(inArray(files.id, [...ids]))
  return new Map(rows.map(({ id, mime }) => [id, mime]))
}

/** A reason of a studio that may be chosen. */
export async function findActiveReason(
  db: Queryable,
  studioId: number,
  reasonId: number,
): Promise<ReasonRow | undefined> {
  const { id, name, documentRequired, studioId: at, active } = idleReasons
  const [row] = await db
    .select({ id, name, documentRequired })
    .from(idleReasons)
    .where(and(eq(id, reasonId), eq(at, studioId), eq(active, true)))
  return row
}

/** The contract of a pause, whatever has become of it. */
export async function findContractOfPause(db: Queryable, idlePeriodId: number): Promise<number | undefined> {
  const { contractId, id } = idlePeriods
  const [row] = await db.select({ contractId }).from(idlePeriods).where(eq(id, idlePeriodId))
  return row?.contractId
}

/** The contracts of a studio of which a pause, or the change of one, waits. */
export async function listWaitingContracts(db: Queryable, studioId: number): Promise<number[]> {
  const waits = or(
    eq(idlePeriods.state, 'PENDING_VERIFICATION'),
    and(eq(idlePeriods.state, 'ACCEPTED'), isNotNull(idlePeriods.pendingChange)),
  )
  const rows = await db
    .selectDistinct({ contractId: idlePeriods.contractId })
    .from(idlePeriods)
    .innerJoin(contracts, eq(contracts.id, idlePeriods.contractId))
    .where(and(eq(contracts.studioId, studioId), isNull(contracts.voidedAt), waits))
  return rows.map(({ contractId }) => contractId)
}

/** The rules of a pause whose reason may have changed: charges of its fee are called as the reason. */
export async function renameLines(
  db: Queryable,
  { reasonId, policySnapshot }: Pick<IdlePeriodRow, 'reasonId' | 'policySnapshot'>,
  change: Pick<IdlePeriodRow, 'reasonId'>,
): Promise<IdlePeriodRow['policySnapshot']> {
  if (change.reasonId === null || change.reasonId === reasonId) return policySnapshot
  const name = (await findReasons(db, [change.reasonId])).get(change.reasonId)?.name
  return name === undefined ? policySnapshot : { ...policySnapshot, lineText: name }
}
