import { and, asc, countDistinct, eq, gt, inArray, isNull, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { prepared, type Queryable, type Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import type { AccountKey } from '../account-store.ts'
import { readMinor } from '../amounts.ts'
import { allocations, creditItems, debtClaims, journalEntries, postings } from '../tables.ts'

type Row = typeof creditItems.$inferSelect
type InMinor = 'amount' | 'remaining' | 'reversed'

/** A credit item with its amounts in minor units. */
export type CreditItem = Omit<Row, InMinor> & { readonly [K in InMinor]: bigint }

function readItem(row: Row): CreditItem {
  const minor = (stored: string) => readMinor(stored, row.currency)
  return { ...row, amount: minor(row.amount), remaining: minor(row.remaining), reversed: minor(row.reversed) }
}

type Fill = 'id' | 'tenantId' | 'createdAt' | 'updatedAt' | 'version' | 'reversed' | 'remaining'

/** Adds a credit item of which nothing is allocated yet. */
export async function insertCreditItem(
  tx: Tx,
  item: Omit<typeof creditItems.$inferInsert, Fill>,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx
    .insert(creditItems)
    .values({ ...item, remaining: item.amount, createdAt: now, updatedAt: now })
    .returning({ id: creditItems.id })
  return returnedId(rows)
}

export async function findCreditItem(db: Queryable, creditItemId: number): Promise<CreditItem | undefined> {
  const [row] = await db.select().from(creditItems).where(eq(creditItems.id, creditItemId))
  return row && readItem(row)
}

export async function findItemOfEntry(db: Queryable, entryId: number): Promise<number | undefined> {
  const [row] = await db.select({ id: creditItems.id }).from(creditItems).where(eq(creditItems.entryId, entryId))
  return row?.id
}

/** How often something of a payment was given or taken back, whether or not it has come again. */
export async function countTakenBack(db: Queryable, paymentId: number): Promise<number> {
  const [row] = await db
    .select({ times: countDistinct(journalEntries.id) })
    .from(postings)
    .innerJoin(
      journalEntries,
      and(eq(journalEntries.tenantId, postings.tenantId), eq(journalEntries.id, postings.entryId)),
    )
    .where(
      and(
        eq(postings.creditItemId, paymentId),
        inArray(journalEntries.kind, ['REFUND', 'CHARGEBACK', 'RETURN', 'PAYMENT_CORRECTION']),
      ),
    )
  return row?.times ?? 0
}

const creditRows = prepared((db) => {
  const { customerId, entityId, remaining } = creditItems
  return db
    .select()
    .from(creditItems)
    .where(
      and(
        eq(customerId, sql.placeholder('customerId')),
        eq(entityId, sql.placeholder('entityId')),
        gt(remaining, sql`0`),
      ),
    )
    .orderBy(asc(creditItems.id))
    .prepare('accounts_list_credits')
})

/** Credit items of an account of which something is left, oldest first. */
export async function listCredits(db: Queryable, { customerId, entityId }: AccountKey): Promise<CreditItem[]> {
  return (await creditRows(db).execute({ customerId, entityId })).map(readItem)
}

/** Everything that has settled claims of a customer, as staff see it, oldest first; not what a company owed. */
export function listCustomerCredits(db: Queryable, customerId: number) {
  const { id, kind, method, valueDate, amount, remaining, reversed, currency, entryId } = creditItems
  const ofCompany = db
    .select({ id: allocations.id })
    .from(allocations)
    .innerJoin(debtClaims, and(eq(debtClaims.tenantId, allocations.tenantId), eq(debtClaims.id, allocations.claimId)))
    .where(and(eq(allocations.creditItemId, id), eq(debtClaims.payer, 'COMPANY')))
  return db
    .select({ id, kind, method, valueDate, amount, remaining, reversed, currency, entryId })
    .from(creditItems)
    .where(and(eq(creditItems.customerId, customerId), notExists(ofCompany)))
    .orderBy(asc(id))
}

/** Takes back so much of a credit item, decimal text; its allocations must have been undone before. */
export async function reverseItem(tx: Tx, creditItemId: number, amount: string, now: Temporal.Instant) {
  await tx
    .update(creditItems)
    .set({
      reversed: sql`${creditItems.reversed} + ${amount}::numeric`,
      remaining: sql`${creditItems.remaining} - ${amount}::numeric`,
      updatedAt: now,
      version: sql`${creditItems.version} + 1`,
    })
    .where(eq(creditItems.id, creditItemId))
}

type NewAllocation = Omit<typeof allocations.$inferInsert, 'id' | 'tenantId' | 'createdAt'>

export async function insertAllocations(tx: Tx, rows: readonly NewAllocation[], now: Temporal.Instant) {
  if (rows.length === 0) return
  await tx.insert(allocations).values(rows.map((row) => ({ ...row, createdAt: now })))
}

/** What a credit item has settled and still settles: allocations less what was undone of them, decimal text. */
export async function listAllocations(db: Queryable, creditItemId: number) {
  const undone = alias(allocations, 'undone')
  const left = sql<string>`(${allocations.amount} + coalesce(sum(${undone.amount}), 0))::numeric(19,4)::text`
  const rows = await db
    .select({ id: allocations.id, claimId: allocations.claimId, left })
    .from(allocations)
    .leftJoin(undone, and(eq(undone.tenantId, allocations.tenantId), eq(undone.undoesAllocationId, allocations.id)))
    .where(and(eq(allocations.creditItemId, creditItemId), isNull(allocations.undoesAllocationId)))
    .groupBy(allocations.id, allocations.claimId, allocations.amount)
  return rows.filter(({ left: amount }) => !/^0(\.0*)?$/.test(amount))
}

/** Amounts of a payment in minor units, and what has taken it back; undefined for what is no payment. */
export async function findPaymentStanding(db: Queryable, paymentId: number) {
  const taken = sql<string>`(select coalesce(sum(${postings.amount}), 0)::text from ${postings}
    where ${postings.tenantId} = ${journalEntries.tenantId} and ${postings.entryId} = ${journalEntries.id}
      and ${postings.amount} > 0)`
  const { customerId, studioId, currency, method, amount, reversed } = creditItems
  const [row] = await db
    .select({
      customerId,
      studioId,
      currency,
      method,
      amount,
      reversed,
      reversal: { entryId: journalEntries.id, kind: journalEntries.kind, amount: taken },
    })
    .from(creditItems)
    .leftJoin(
      journalEntries,
      and(eq(journalEntries.tenantId, creditItems.tenantId), eq(journalEntries.reversesEntryId, creditItems.entryId)),
    )
    .where(and(eq(creditItems.id, paymentId), eq(creditItems.kind, 'PAYMENT')))
  if (!row || row.method === null) return undefined
  const minor = (stored: string) => readMinor(stored, row.currency)
  const reversal = row.reversal && { ...row.reversal, amount: minor(row.reversal.amount) }
  return { ...row, method: row.method, amount: minor(row.amount), reversed: minor(row.reversed), reversal }
}

/** Claims that a payment settles or has settled before it was taken back, and that are open, by due date. */
export async function listOpenAgain(db: Queryable, paymentId: number): Promise<number[]> {
  const rows = await db
    .selectDistinct({ id: debtClaims.id, dueDate: debtClaims.dueDate })
    .from(allocations)
    .innerJoin(debtClaims, and(eq(debtClaims.tenantId, allocations.tenantId), eq(debtClaims.id, allocations.claimId)))
    .where(
      and(
        eq(allocations.creditItemId, paymentId),
        gt(debtClaims.openAmount, '0'),
        eq(debtClaims.collectionState, 'NONE'),
        isNull(debtClaims.inFlightItemId),
      ),
    )
    .orderBy(asc(debtClaims.dueDate), asc(debtClaims.id))
  return rows.map(({ id }) => id)
}
