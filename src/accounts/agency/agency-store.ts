import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import type { AccountKey } from '../account-store.ts'
import { readMinor } from '../amounts.ts'
import { allocations, creditItems, customerAccounts, debtClaims } from '../tables.ts'
import { defined } from '../../platform/values/defined.ts'

/** What an allocation still settles, in minor units. */
export interface LiveAllocation {
  readonly id: number
  readonly claimId: number
  readonly creditItemId: number
  readonly left: bigint
}

/** What a kind of credit items still settles of a claim, the newest first. */
export async function listAllocationsOfKind(
  db: Queryable,
  claimId: number,
  kind: 'WRITE_OFF' | 'ASSIGNMENT',
): Promise<LiveAllocation[]> {
  const undone = alias(allocations, 'undone')
  const rows = await db
    .select({
      id: allocations.id,
      claimId: allocations.claimId,
      creditItemId: creditItems.id,
      currency: creditItems.currency,
      left: sql<string>`(${allocations.amount} + coalesce(sum(${undone.amount}), 0))::numeric(19,4)::text`,
    })
    .from(allocations)
    .innerJoin(
      creditItems,
      and(eq(creditItems.tenantId, allocations.tenantId), eq(creditItems.id, allocations.creditItemId)),
    )
    .leftJoin(undone, and(eq(undone.tenantId, allocations.tenantId), eq(undone.undoesAllocationId, allocations.id)))
    .where(
      and(
        eq(allocations.claimId, claimId),
        eq(creditItems.kind, kind),
        isNotNull(allocations.creditItemId),
        isNull(allocations.undoesAllocationId),
      ),
    )
    .groupBy(allocations.id, allocations.claimId, allocations.amount, creditItems.id, creditItems.currency)
    .orderBy(desc(allocations.id))
  return rows.flatMap(({ currency, left, ...row }) => {
    const minor = readMinor(left, currency)
    return minor > 0n ? [{ ...row, left: minor }] : []
  })
}

export interface ClaimMarks {
  readonly collectionState?: 'NONE' | 'IN_TRANSFER' | 'AT_AGENCY'
  readonly latestRejectionReason?: (typeof debtClaims.$inferInsert)['latestRejectionReason']
  readonly dunningClockFrom?: Temporal.PlainDate
}

/** Notes on claims how their collection stands; their amounts stay. */
export async function markClaimRows(tx: Tx, claimIds: readonly number[], marks: ClaimMarks, now: Temporal.Instant) {
  if (claimIds.length === 0) return
  const ids = sql.param(`{${claimIds.join(',')}}`)
  await tx
    .update(debtClaims)
    .set({ ...marks, updatedAt: now, version: sql`${debtClaims.version} + 1` })
    .where(sql`${debtClaims.id} = any(${ids}::bigint[])`)
}

export interface CollectionChange {
  /** Added to the number of open cases. */
  readonly openCases?: number
  readonly hold?: boolean
  /** What the stage is called from now on. */
  readonly stage?: string
  /** The stage of reminders; null: they begin anew. */
  readonly dunningLevelId?: number | null
}

export async function changeCollectionRow(
  tx: Tx,
  { customerId, entityId }: AccountKey,
  { openCases = 0, hold, stage, dunningLevelId }: CollectionChange,
  now: Temporal.Instant,
) {
  // A level that comes back counts from now on.
  const day = now.toZonedDateTimeISO('UTC').toPlainDate()
  const [row] = await tx
    .update(customerAccounts)
    .set({
      openCases: sql`${customerAccounts.openCases} + ${openCases}`,
      ...defined({ collectionHold: hold }),
      ...defined({ collectionStage: stage }),
      ...(dunningLevelId === undefined ? {} : { dunningLevelId, dunnedOn: dunningLevelId === null ? null : day }),
      updatedAt: now,
      version: sql`${customerAccounts.version} + 1`,
    })
    .where(and(eq(customerAccounts.customerId, customerId), eq(customerAccounts.entityId, entityId)))
    .returning({ openCases: customerAccounts.openCases, collectionHold: customerAccounts.collectionHold })
  if (!row) throw new Error('An account that was locked is not there.')
  return row
}

/** Whether a booked claim of an account has something open. */
export async function hasOpenClaim(db: Queryable, { customerId, entityId }: AccountKey): Promise<boolean> {
  const rows = await db
    .select({ id: debtClaims.id })
    .from(debtClaims)
    .where(
      and(
        eq(debtClaims.customerId, customerId),
        eq(debtClaims.entityId, entityId),
        sql`${debtClaims.state} = 'POSTED' and ${debtClaims.openAmount} > 0`,
      ),
    )
    .limit(1)
  return rows.length > 0
}
