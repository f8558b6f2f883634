import { and, eq, sql } from 'drizzle-orm'
import { prepared, type Queryable, type Tx } from '../../platform/database/database.ts'
import { returnedId } from '../../platform/database/returned-id.ts'
import { studios } from '../../studios/tables.ts'
import { journalEntries, postings } from '../tables.ts'

export type EntryKind = (typeof journalEntries.$inferSelect)['kind']

export interface BookingDay {
  /** Local date of the studio. */
  readonly today: Temporal.PlainDate
  /** The wanted day, or the first open one after it. */
  readonly bookingDate: Temporal.PlainDate
}

const bookingDay = prepared((db) => {
  const today = sql`(${sql.placeholder('at')}::timestamptz at time zone ${studios.timeZone})::date`
  const day = sql`coalesce(${sql.placeholder('wanted')}::date, ${today})`
  return db
    .select({
      today: sql<string>`${today}::text`,
      bookingDate: sql<string>`palestra_open_day(${studios.id}, ${day})::text`,
    })
    .from(studios)
    .where(eq(studios.id, sql.placeholder('studioId')))
    .prepare('accounts_open_booking_day')
})

/**
 * The day on which a studio books something now; `wanted` instead of today. Its days stay open until the transaction
 * ends. Undefined when there is no such studio.
 */
export async function openBookingDay(
  tx: Tx,
  studioId: number,
  now: Temporal.Instant,
  wanted: Temporal.PlainDate | null,
): Promise<BookingDay | undefined> {
  const [row] = await bookingDay(tx).execute({ studioId, at: now.toString(), wanted: wanted?.toString() ?? null })
  return row && { today: Temporal.PlainDate.from(row.today), bookingDate: Temporal.PlainDate.from(row.bookingDate) }
}

export async function findEntryByKey(db: Queryable, entityId: number, idempotencyKey: string) {
  const [row] = await db
    .select({ id: journalEntries.id })
    .from(journalEntries)
    .where(and(eq(journalEntries.entityId, entityId), eq(journalEntries.idempotencyKey, idempotencyKey)))
  return row?.id
}

type NewEntry = Omit<typeof journalEntries.$inferInsert, 'id' | 'tenantId' | 'createdAt'>

export async function insertEntry(tx: Tx, entry: NewEntry, now: Temporal.Instant): Promise<number> {
  const rows = await tx
    .insert(journalEntries)
    .values({ ...entry, createdAt: now })
    .returning({ id: journalEntries.id })
  return returnedId(rows)
}

type NewPosting = Omit<typeof postings.$inferInsert, 'tenantId'>

export async function insertPostings(tx: Tx, lines: readonly NewPosting[]) {
  await tx.insert(postings).values([...lines])
}

export async function findEntry(db: Queryable, entryId: number) {
  const [row] = await db.select().from(journalEntries).where(eq(journalEntries.id, entryId))
  return row
}

export function listPostings(db: Queryable, entryId: number) {
  return db.select().from(postings).where(eq(postings.entryId, entryId)).orderBy(postings.lineNo)
}

export async function isReversed(db: Queryable, entryId: number): Promise<boolean> {
  const rows = await db
    .select({ id: journalEntries.id })
    .from(journalEntries)
    .where(eq(journalEntries.reversesEntryId, entryId))
  return rows.length > 0
}
