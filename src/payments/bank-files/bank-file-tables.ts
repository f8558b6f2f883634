import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { creditItems, journalEntries, rejectionReasons } from '../../accounts/tables.ts'
import { bytes, currency, instant, money, plainDate, ref } from '../../platform/database/columns.ts'
import { aggregateTable, belongsTo, tenantTable } from '../../platform/database/tenant-table.ts'

export const importStates = ['READING', 'BOOKING', 'COMPLETED', 'STOPPED', 'FAILED'] as const

/**
 * A file in which a bank says what has moved on the account of the studio. Its bytes are not kept: they name people and their
 * accounts. A file that could be read only in part has no entries.
 */
export const bankImports = aggregateTable(
  'bank_imports',
  {
    fileName: text('file_name').notNull(),
    sha256: bytes('sha256').notNull(),
    state: text('state', { enum: importStates }).notNull(),
    /** Entries that have their row; a file that is read again goes on behind them. */
    readTo: integer('read_to').notNull().default(0),
    /** The file was read to its end. */
    isRead: boolean('is_read').notNull().default(false),
    /** Why it could not be read. */
    error: text('error'),
    completedAt: instant('completed_at'),
  },
  (t) => [
    uniqueIndex('bank_imports_file_once').on(t.tenantId, t.sha256),
    index('bank_imports_booking').on(t.tenantId, t.id).where(sql`${t.state} = 'BOOKING'`),
    check('bank_imports_completed_at', sql`(${t.state} = 'COMPLETED') = (${t.completedAt} is not null)`),
    check('bank_imports_failed_says_why', sql`(${t.state} = 'FAILED') = (${t.error} is not null)`),
    check('bank_imports_booked_when_read', sql`${t.isRead} or ${t.state} not in ('BOOKING', 'COMPLETED')`),
  ],
)

export const entryStates = [
  'MATCHED',
  'RETURNED',
  'ALREADY_RETURNED',
  'COLLECTED',
  'DUPLICATE',
  'UNMATCHED',
  'SETTLED',
] as const

/** Why an entry belongs to nothing that Palestra knows. */
export const unmatchedReasons = [
  'UNKNOWN_COLLECTION',
  'NOT_COLLECTED_YET',
  'AMOUNT_DIFFERS',
  'TAKEN_BACK_BEFORE',
  'INCOMING',
  'OUTGOING',
  'ANNOUNCED',
  'FAILED',
] as const

/**
 * A movement on the account of the studio; it counts once its file was read to the end. MATCHED is a return that waits to be
 * booked; COLLECTED the arrival of what a payment run has booked; SETTLED what staff have dealt with. An entry that another
 * file had before is a DUPLICATE.
 */
export const bankEntries = tenantTable(
  'bank_entries',
  {
    importId: ref('import_id').notNull(),
    /** Where it stands in its file; the first one is 1. */
    position: integer('position').notNull(),
    direction: text('direction', { enum: ['CREDIT', 'DEBIT'] }).notNull(),
    isBooked: boolean('is_booked').notNull(),
    amount: money('amount').notNull(),
    currency: currency('currency').notNull(),
    instructed: money('instructed'),
    charges: money('charges'),
    bookedOn: plainDate('booked_on'),
    bankRef: text('bank_ref'),
    endToEndId: text('end_to_end_id'),
    reasonCode: text('reason_code'),
    family: text('family'),
    /** Of the other side; its account only in part. */
    name: text('name'),
    account: text('account'),
    text: text('text'),
    /** What makes two entries the same movement. */
    fingerprint: bytes('fingerprint').notNull(),
    /** Several movements of one file may look alike: 1 for the first of them. */
    occurrence: integer('occurrence').notNull().default(1),
    state: text('state', { enum: entryStates }).notNull(),
    unmatchedReason: text('unmatched_reason', { enum: unmatchedReasons }),
    /** Why it could not be booked, without values of people. */
    error: text('error'),
    /** The payment that it has returned, is to return, or was booked as. */
    paymentId: ref('payment_id'),
    /** The entry of the top-up that it has returned, as staff say. */
    topUpEntryId: ref('top_up_entry_id'),
    /** What the bank charges the studio, and why the money came back. */
    cost: money('cost'),
    rejectionReason: text('rejection_reason', { enum: rejectionReasons }),
    /** What staff have written about it. */
    note: text('note'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('bank_entries_position_unique').on(t.tenantId, t.importId, t.position),
    index('bank_entries_fingerprint').on(t.tenantId, t.fingerprint, t.importId),
    index('bank_entries_unmatched').on(t.tenantId, t.id).where(sql`${t.state} = 'UNMATCHED'`),
    index('bank_entries_early').on(t.tenantId, t.id).where(sql`${t.unmatchedReason} = 'NOT_COLLECTED_YET'`),
    index('bank_entries_payment').on(t.tenantId, t.paymentId),
    index('bank_entries_top_up').on(t.tenantId, t.topUpEntryId).where(sql`${t.topUpEntryId} is not null`),
    check('bank_entries_amount_positive', sql`${t.amount} > 0`),
    check('bank_entries_unmatched_says_why', sql`(${t.state} = 'UNMATCHED') = (${t.unmatchedReason} is not null)`),
    check(
      'bank_entries_returned_names_payment',
      sql`${t.paymentId} is not null or ${t.state} not in ('MATCHED', 'RETURNED', 'ALREADY_RETURNED', 'COLLECTED')`,
    ),
    belongsTo(t, t.importId, bankImports),
    belongsTo(t, t.paymentId, creditItems),
    belongsTo(t, t.topUpEntryId, journalEntries),
  ],
)
