import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { dayCloses, journalEntries, ledgerAccounts, postings } from '../tables.ts'
import type { EntryKind } from './journal-store.ts'

/** Which entries staff want to see. */
export interface EntryQuestion {
  readonly studioId?: number | undefined
  readonly customerId?: number | undefined
  /** ISO dates, inclusive. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly kind?: EntryKind | undefined
  /** The last entry of the page before. */
  readonly before?: number | undefined
  readonly most: number
}

/** A page of the journal, the latest booking day first. */
export function listEntryPage(db: Queryable, asked: EntryQuestion) {
  const { id, studioId, bookingDate, kind } = journalEntries
  const { from, to, before, customerId } = asked
  return db
    .select()
    .from(journalEntries)
    .where(
      and(
        asked.studioId === undefined ? undefined : eq(studioId, asked.studioId),
        asked.kind === undefined ? undefined : eq(kind, asked.kind),
        from === undefined ? undefined : sql`${bookingDate} >= ${from}::date`,
        to === undefined ? undefined : sql`${bookingDate} <= ${to}::date`,
        customerId === undefined
          ? undefined
          : sql`${id} in (select entry_id from ${postings} where customer_id = ${customerId})`,
        before === undefined
          ? undefined
          : sql`(${bookingDate}, ${id}) < (select e.booking_date, e.id from journal_entries e where e.id = ${before})`,
      ),
    )
    .orderBy(desc(bookingDate), desc(id))
    .limit(asked.most)
}

/** The lines of entries, in their order. */
export function listLines(db: Queryable, entryIds: readonly number[]) {
  const { entryId, amount, currency, taxCodeId, customerId, claimId, creditItemId } = postings
  return db
    .select({
      entryId,
      amount,
      currency,
      taxCodeId,
      customerId,
      claimId,
      creditItemId,
      account: ledgerAccounts.number,
      role: ledgerAccounts.role,
    })
    .from(postings)
    .innerJoin(
      ledgerAccounts,
      and(eq(ledgerAccounts.tenantId, postings.tenantId), eq(ledgerAccounts.id, postings.accountId)),
    )
    .where(inArray(entryId, [...entryIds]))
    .orderBy(entryId, postings.lineNo)
}

/** Closed booking days of a studio, the latest first. */
export function listCloses(db: Queryable, studioId: number, limit: number) {
  return db.select().from(dayCloses).where(eq(dayCloses.studioId, studioId)).orderBy(desc(dayCloses.day)).limit(limit)
}
