import { and, eq, sql } from 'drizzle-orm'
import { customers } from '../../customers/customer-table.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { readMinor } from '../amounts.ts'
import type { AccountRole } from '../legal-entities/chart-rules.ts'
import {
  customerAccounts,
  dayCloses,
  debtClaims,
  journalEntries,
  ledgerAccounts,
  postings,
  taxCodes,
  taxRates,
} from '../tables.ts'

/** A line of the journal with everything that bookkeeping asks for. */
export interface BookedLine {
  readonly role: AccountRole
  /** Of the account in the books. */
  readonly number: string
  /** Of the customer; null where the line belongs to none. */
  readonly debtorId: string | null
  readonly customerNumber: string | null
  /** Minor units; debit above zero, credit below. */
  readonly amount: bigint
  readonly taxCodeId: number | null
  readonly taxKey: string | null
  /** In percent, decimal text; that of the last day which was paid for. */
  readonly taxRate: string | null
  readonly serviceFrom: string | null
  readonly serviceTo: string | null
}

export interface BookedEntry {
  readonly id: number
  /** ISO dates throughout. */
  readonly bookingDate: string
  readonly description: string
  readonly currency: string
  readonly lines: readonly BookedLine[]
}

export interface JournalQuestion {
  readonly studioId: number
  readonly from: Temporal.PlainDate
  /** Inclusive. */
  readonly to: Temporal.PlainDate
  readonly limit: number
  /** The entry that came last before. */
  readonly after?: Pick<BookedEntry, 'id' | 'bookingDate'> | undefined
}

const rate = sql<string | null>`(select r.rate::text from ${taxRates} r
  where r.tenant_id = ${postings.tenantId} and r.tax_code_id = ${postings.taxCodeId}
    and r.valid_from <= coalesce(${debtClaims.serviceTo}, ${debtClaims.dueDate}, ${journalEntries.bookingDate})
  order by r.valid_from desc limit 1)`

/** Entries of a studio with their lines, by booking date and id: one page, so that a journal of any length fits. */
export async function listJournal(db: Queryable, question: JournalQuestion): Promise<BookedEntry[]> {
  const { studioId, from, to, limit, after } = question
  const { id, bookingDate } = journalEntries
  const page = db
    .select({ id })
    .from(journalEntries)
    .where(
      and(
        eq(journalEntries.studioId, studioId),
        sql`${bookingDate} between ${from.toString()}::date and ${to.toString()}::date`,
        after && sql`(${bookingDate}, ${id}) > (${after.bookingDate}::date, ${after.id})`,
      ),
    )
    .orderBy(bookingDate, id)
    .limit(limit)
  const rows = await db
    .select({
      id,
      bookingDate: sql<string>`${bookingDate}::text`,
      description: journalEntries.description,
      currency: postings.currency,
      role: ledgerAccounts.role,
      number: ledgerAccounts.number,
      debtorId: customerAccounts.debtorId,
      customerNumber: customers.customerNumber,
      amount: postings.amount,
      taxCodeId: postings.taxCodeId,
      taxKey: taxCodes.taxKey,
      taxRate: rate,
      serviceFrom: sql<string | null>`${debtClaims.serviceFrom}::text`,
      serviceTo: sql<string | null>`${debtClaims.serviceTo}::text`,
    })
    .from(journalEntries)
    .innerJoin(postings, and(eq(postings.tenantId, journalEntries.tenantId), eq(postings.entryId, id)))
    .innerJoin(
      ledgerAccounts,
      and(eq(ledgerAccounts.tenantId, postings.tenantId), eq(ledgerAccounts.id, postings.accountId)),
    )
    .leftJoin(customers, and(eq(customers.tenantId, postings.tenantId), eq(customers.id, postings.customerId)))
    .leftJoin(
      customerAccounts,
      and(
        eq(customerAccounts.tenantId, postings.tenantId),
        eq(customerAccounts.customerId, postings.customerId),
        eq(customerAccounts.entityId, journalEntries.entityId),
      ),
    )
    .leftJoin(debtClaims, and(eq(debtClaims.tenantId, postings.tenantId), eq(debtClaims.id, postings.claimId)))
    .leftJoin(taxCodes, and(eq(taxCodes.tenantId, postings.tenantId), eq(taxCodes.id, postings.taxCodeId)))
    .where(sql`${id} in ${page}`)
    .orderBy(bookingDate, id, postings.lineNo)
  return gather(rows.map((row) => ({ ...row, amount: readMinor(row.amount, row.currency) })))
}

type Row = Omit<BookedEntry, 'lines'> & BookedLine

function gather(rows: readonly Row[]): BookedEntry[] {
  const entries = new Map<number, Omit<BookedEntry, 'lines'> & { readonly lines: BookedLine[] }>()
  for (const { id, bookingDate, description, currency, ...line } of rows) {
    const entry = entries.get(id) ?? { id, bookingDate, description, currency, lines: [] }
    entry.lines.push(line)
    entries.set(id, entry)
  }
  return [...entries.values()]
}

/** The last booking day of a studio that takes no more entries. */
export async function findLastClosedDay(db: Queryable, studioId: number): Promise<Temporal.PlainDate | undefined> {
  const [row] = await db
    .select({ day: sql<string | null>`max(${dayCloses.day})::text` })
    .from(dayCloses)
    .where(eq(dayCloses.studioId, studioId))
  return row?.day ? Temporal.PlainDate.from(row.day) : undefined
}
