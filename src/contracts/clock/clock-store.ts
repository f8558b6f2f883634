import { and, asc, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import { contracts, subContracts } from '../tables.ts'

/** The first moment of the day on which a contract changes by itself, in the zone of its studio. */
const changesAt = sql`(${contracts.nextChangeOn}::timestamp at time zone ${studios.timeZone})`

/** The earliest moment at which time alone changes a contract. */
export async function findNextChangeAt(db: Queryable): Promise<Temporal.Instant | undefined> {
  const first = sql`(select min(k.next_change_on) from contracts k
    where k.tenant_id = ${studios.tenantId} and k.studio_id = ${studios.id} and k.next_change_on is not null)`
  const [row] = await db
    .select({ at: sql<string | null>`min(${first}::timestamp at time zone ${studios.timeZone})::text` })
    .from(studios)
  return row?.at ? Temporal.Instant.from(row.at) : undefined
}

/** Contracts with a step that is due at `now`, oldest first, with the day of the step. */
export async function listDueContracts(db: Queryable, now: Temporal.Instant, limit: number) {
  const rows = await db
    .select({ contractId: contracts.id, customerId: contracts.customerId, day: contracts.nextChangeOn })
    .from(contracts)
    .innerJoin(studios, and(eq(studios.tenantId, contracts.tenantId), eq(studios.id, contracts.studioId)))
    .where(and(isNotNull(contracts.nextChangeOn), isNull(contracts.voidedAt), sql`${changesAt} <= ${now.toString()}`))
    .orderBy(asc(contracts.nextChangeOn), asc(contracts.id))
    .limit(limit)
  return rows.flatMap(({ day, ...row }) => (day ? [{ ...row, day }] : []))
}

/** Module contracts of a contract whose final end lies before a day. */
export async function markEndedModules(tx: Tx, contractId: number, day: Temporal.PlainDate, now: Temporal.Instant) {
  await tx
    .update(subContracts)
    .set({ endedAt: now, updatedAt: now, version: sql`${subContracts.version} + 1` })
    .where(
      and(
        eq(subContracts.contractId, contractId),
        eq(subContracts.endIsFinal, true),
        isNull(subContracts.endedAt),
        lt(subContracts.committedEnd, day),
      ),
    )
}

/** Which of these module contracts are followed by another one already. */
export async function listFollowed(tx: Tx, subContractIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (subContractIds.length === 0) return new Set()
  const rows = await tx
    .select({ previousId: subContracts.previousId })
    .from(subContracts)
    .where(inArray(subContracts.previousId, [...subContractIds]))
  return new Set(rows.flatMap(({ previousId }) => previousId ?? []))
}
