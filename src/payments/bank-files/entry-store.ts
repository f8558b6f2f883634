import { and, asc, count, eq, gt, inArray, sql } from 'drizzle-orm'
import { creditItems } from '../../accounts/tables.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { bankEntries, bankImports, paymentRunItems, payments } from '../tables.ts'
import type { BankEntry } from './bank-entry.ts'
import type { BankImport } from './import-store.ts'
import type { Collection, Judgement } from './matching-rules.ts'

export type EntryRow = typeof bankEntries.$inferSelect

export interface NewEntry extends BankEntry, Judgement {
  readonly position: number
  readonly fingerprint: Buffer
  /** Several movements of one file may look alike: 1 for the first of them. */
  readonly occurrence: number
}

/** How often movements with these fingerprints, as hexadecimal digits, stand in a file so far. */
export async function countAlike(
  tx: Tx,
  importId: number,
  fingerprints: readonly string[],
): Promise<Map<string, number>> {
  if (fingerprints.length === 0) return new Map()
  const fingerprint = sql<string>`encode(${bankEntries.fingerprint}, 'hex')`
  const rows = await tx
    .select({ fingerprint, entries: count() })
    .from(bankEntries)
    .where(
      and(
        eq(bankEntries.importId, importId),
        sql`${bankEntries.fingerprint} in (select decode(f, 'hex') from unnest(${sql.param([...fingerprints])}::text[]) f)`,
      ),
    )
    .groupBy(fingerprint)
  return new Map(rows.map((row) => [row.fingerprint, row.entries]))
}

/** What payment runs have collected under these references. */
export async function listCollections(tx: Tx, endToEndIds: readonly string[]): Promise<Map<string, Collection>> {
  const { endToEndId, amount, currency } = paymentRunItems
  const rows = await tx
    .select({ endToEndId, amount, currency, paymentId: payments.id })
    .from(paymentRunItems)
    .leftJoin(
      payments,
      and(eq(payments.tenantId, paymentRunItems.tenantId), eq(payments.runItemId, paymentRunItems.id)),
    )
    .where(
      and(
        sql`${endToEndId} = any(${sql.param([...endToEndIds])}::text[])`,
        sql`${paymentRunItems.state} not in ('PENDING', 'DROPPED')`,
      ),
    )
  return new Map(rows.map((row) => [row.endToEndId, row]))
}

/** Adds entries of a file that follow those it has, in one statement. */
export async function insertEntries(tx: Tx, importId: number, entries: readonly NewEntry[], now: Temporal.Instant) {
  const rows = entries.map(({ fingerprint, cost, ...entry }) => ({
    ...entry,
    fingerprint: fingerprint.toString('hex'),
    cost: cost && formatAmount(cost),
  }))
  const at = sql`${now.toString()}::timestamptz`
  await tx.execute(sql`
    insert into ${bankEntries} (import_id, position, direction, is_booked, amount, currency, instructed, charges, booked_on,
      bank_ref, end_to_end_id, reason_code, family, name, account, text, fingerprint, occurrence,
      state, unmatched_reason, payment_id, cost, created_at, updated_at)
    select ${importId}, position, direction, "isBooked", amount, currency, instructed, charges, "bookedOn",
      "bankRef", "endToEndId", "reasonCode", family, name, account, text, decode(fingerprint, 'hex'),
      occurrence, state, "unmatchedReason", "paymentId", cost, ${at}, ${at}
    from json_to_recordset(${JSON.stringify(rows)}::json) as given(position integer, direction text, "isBooked" boolean,
      amount numeric, currency text, instructed numeric, charges numeric, "bookedOn" date, "bankRef" text,
      "endToEndId" text, "reasonCode" text, family text, name text, account text, text text, fingerprint text,
      occurrence integer, state text, "unmatchedReason" text, "paymentId" bigint, cost numeric)`)
}

/** Entries that are compared with other files in one statement. */
const COMPARED_AT_ONCE = 10_000

/**
 * Finds the entries of a file that stand in another one that was read, or further up in the same, and answers how many. The
 * caller has seen to it that no other file is compared meanwhile.
 */
export async function markDuplicates(tx: Tx, { id, readTo }: Pick<BankImport, 'id' | 'readTo'>): Promise<number> {
  let found = 0
  for (let from = 1; from <= readTo; from += COMPARED_AT_ONCE) {
    const { rowCount } = await tx.execute(sql`
      update ${bankEntries} e set state = 'DUPLICATE', unmatched_reason = null, payment_id = null, cost = null
      where e.import_id = ${id} and e.position between ${from} and ${from + COMPARED_AT_ONCE - 1} and exists (
        select from ${bankEntries} other join ${bankImports} i on i.tenant_id = other.tenant_id and i.id = other.import_id
        where other.tenant_id = e.tenant_id and other.fingerprint = e.fingerprint and other.occurrence = e.occurrence
          and other.state <> 'DUPLICATE'
          and (other.import_id = e.import_id and other.position < e.position or other.import_id <> e.import_id and i.is_read))`)
    found += rowCount ?? 0
  }
  return found
}

export async function deleteEntries(tx: Tx, importId: number) {
  await tx.delete(bankEntries).where(eq(bankEntries.importId, importId))
}

/** Takes the next return of a file behind a position for the present transaction; those that another one has are left out. */
export async function takeMatched(tx: Tx, importId: number, after: number): Promise<EntryRow | undefined> {
  const isBooking = tx
    .select({ id: bankImports.id })
    .from(bankImports)
    .where(and(eq(bankImports.id, importId), eq(bankImports.state, 'BOOKING')))
  const [row] = await tx
    .select()
    .from(bankEntries)
    .where(
      and(
        eq(bankEntries.importId, importId),
        gt(bankEntries.position, after),
        eq(bankEntries.state, sql`'MATCHED'`),
        sql`exists ${isBooking}`,
      ),
    )
    .orderBy(asc(bankEntries.position))
    .limit(1)
    .for('update', { skipLocked: true })
  return row
}

const isOfReadFile = and(
  eq(bankImports.tenantId, bankEntries.tenantId),
  eq(bankImports.id, bankEntries.importId),
  bankImports.isRead,
)

/** An entry of a file that was read to its end. */
export async function lockEntry(tx: Tx, entryId: number): Promise<EntryRow | undefined> {
  const [row] = await tx
    .select({ entry: bankEntries })
    .from(bankEntries)
    .innerJoin(bankImports, isOfReadFile)
    .where(eq(bankEntries.id, entryId))
    .for('update', { of: bankEntries })
  return row?.entry
}

type EntryChanges = Partial<
  Pick<EntryRow, 'state' | 'unmatchedReason' | 'error' | 'paymentId' | 'rejectionReason' | 'note'>
>

export async function updateEntry(tx: Tx, entryId: number, changes: EntryChanges, now: Temporal.Instant) {
  await tx
    .update(bankEntries)
    .set({ ...changes, updatedAt: now })
    .where(eq(bankEntries.id, entryId))
}

/** Returns that came before their payment was booked, and whose payment is there by now, wait to be booked. */
export async function reviveEarly(tx: Tx, now: Temporal.Instant): Promise<number[]> {
  const { rows } = await tx.execute<{ importId: string }>(sql`
    update ${bankEntries} e
    set state = 'MATCHED', unmatched_reason = null, payment_id = p.id, updated_at = ${now.toString()}::timestamptz
    from ${paymentRunItems} item join ${payments} p on p.tenant_id = item.tenant_id and p.run_item_id = item.id
    where e.unmatched_reason = 'NOT_COLLECTED_YET' and item.tenant_id = e.tenant_id and item.end_to_end_id = e.end_to_end_id
    returning e.import_id as "importId"`)
  return [...new Set(rows.map(({ importId }) => Number(importId)))]
}

/** Whether a payment has been booked since that a return came too early for. */
export async function hasEarly(db: Queryable): Promise<boolean> {
  const rows = await db
    .select({ id: bankEntries.id })
    .from(bankEntries)
    .innerJoin(
      paymentRunItems,
      and(eq(paymentRunItems.tenantId, bankEntries.tenantId), eq(paymentRunItems.endToEndId, bankEntries.endToEndId)),
    )
    .innerJoin(
      payments,
      and(eq(payments.tenantId, paymentRunItems.tenantId), eq(payments.runItemId, paymentRunItems.id)),
    )
    .where(sql`${bankEntries.unmatchedReason} = 'NOT_COLLECTED_YET'`)
    .limit(1)
  return rows.length > 0
}

export interface EntryQuestion {
  readonly importId?: number | undefined
  readonly state: EntryRow['state']
  /** Entries with greater ids. */
  readonly after: number
  readonly limit: number
}

/** Entries in a state, in the order in which they came; without those of files that are being read. */
export async function listEntries(
  db: Queryable,
  { importId, state, after, limit }: EntryQuestion,
): Promise<EntryRow[]> {
  const rows = await db
    .select({ entry: bankEntries })
    .from(bankEntries)
    .innerJoin(bankImports, isOfReadFile)
    .where(
      and(
        eq(bankEntries.state, state),
        gt(bankEntries.id, after),
        importId === undefined ? undefined : eq(bankEntries.importId, importId),
      ),
    )
    .orderBy(asc(bankEntries.id))
    .limit(limit)
  return rows.map(({ entry }) => entry)
}

/** Takes out of entries that belong to a customer what the bank says of him or her. */
export async function blankEntries(tx: Tx, customerId: number, now: Temporal.Instant) {
  const own = tx.select({ id: creditItems.id }).from(creditItems).where(eq(creditItems.customerId, customerId))
  await tx
    .update(bankEntries)
    .set({ name: null, account: null, text: null, updatedAt: now })
    .where(inArray(bankEntries.paymentId, own))
}
