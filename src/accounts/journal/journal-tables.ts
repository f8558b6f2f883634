import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { customers } from '../../customers/customer-table.ts'
import { bytes, currency, instant, money, plainDate, ref } from '../../platform/database/columns.ts'
import { belongsTo, byReference, keyedTable, tenantTable } from '../../platform/database/tenant-table.ts'
import { studios } from '../../studios/tables.ts'
import { creditItems, debtClaims } from '../claim-tables.ts'
import { ledgerAccounts, legalEntities, taxCodes } from '../legal-entities/legal-entity-tables.ts'

export const entryKinds = [
  'CHARGE',
  'CREDIT_NOTE',
  'PAYMENT',
  'RETURN',
  'CHARGEBACK',
  'PAYMENT_CORRECTION',
  'REFUND',
  'WRITE_OFF',
  'VOUCHER',
  'TOP_UP',
  'SPEND',
  'PAY_OUT',
  'CREDIT_CORRECTION',
  'INSTALLMENT_PLAN',
  'WRITE_OFF_RECOVERY',
  'ASSIGN_TO_AGENCY',
  'AGENCY_SETTLEMENT',
  'BANK_COST',
] as const

/**
 * The journal: what happened to money, in the order in which it happened. Rows are never changed; a correction is an
 * entry of its own. Triggers refuse changes, entries that do not add up to zero and entries on closed days.
 */
export const journalEntries = tenantTable(
  'journal_entries',
  {
    entityId: ref('entity_id').notNull(),
    /** Where it happened; days are closed by studio. */
    studioId: ref('studio_id').notNull(),
    bookingDate: plainDate('booking_date').notNull(),
    kind: text('kind', { enum: entryKinds }).notNull(),
    description: text('description').notNull(),
    /** What was booked once under a key is not booked again. */
    idempotencyKey: text('idempotency_key').notNull(),
    reversesEntryId: ref('reverses_entry_id'),
    /** Who did it, in the short form of the audit log. */
    actor: text('actor').notNull(),
  },
  (t) => [
    uniqueIndex('journal_entries_key_unique').on(t.tenantId, t.entityId, t.idempotencyKey),
    uniqueIndex('journal_entries_reversed_once').on(t.tenantId, t.reversesEntryId),
    index('journal_entries_day').on(t.tenantId, t.studioId, t.bookingDate, t.id),
    belongsTo(t, t.entityId, legalEntities),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.reversesEntryId, t),
  ],
)

/** The lines of an entry. Debit is above zero, credit below. */
export const postings = keyedTable(
  'postings',
  {
    entryId: ref('entry_id').notNull(),
    lineNo: integer('line_no').notNull(),
    accountId: ref('account_id').notNull(),
    customerId: ref('customer_id'),
    claimId: ref('claim_id'),
    creditItemId: ref('credit_item_id'),
    amount: money('amount').notNull(),
    currency: currency('currency').notNull(),
    taxCodeId: ref('tax_code_id'),
  },
  (t) => [
    primaryKey({ name: 'postings_pk', columns: [t.tenantId, t.entryId, t.lineNo] }),
    index('postings_account').on(t.tenantId, t.accountId, t.customerId),
    index('postings_customer').on(t.tenantId, t.customerId, t.entryId),
    check('postings_amount_digits', sql`${t.amount} = round(${t.amount}, palestra_currency_digits(${t.currency}))`),
    belongsTo(t, t.entryId, journalEntries),
    belongsTo(t, t.accountId, ledgerAccounts),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.claimId, debtClaims),
    byReference(t, t.claimId),
    belongsTo(t, t.creditItemId, creditItems),
    byReference(t, t.creditItemId),
    belongsTo(t, t.taxCodeId, taxCodes),
  ],
)

/** A booking day of a studio that takes no more entries, with what it held. The hash covers its entries and lines. */
export const dayCloses = keyedTable(
  'day_closes',
  {
    studioId: ref('studio_id').notNull(),
    day: plainDate('day').notNull(),
    entryCount: integer('entry_count').notNull(),
    debitTotal: money('debit_total').notNull(),
    sha256: bytes('sha256').notNull(),
    closedAt: instant('closed_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'day_closes_pk', columns: [t.tenantId, t.studioId, t.day] }),
    belongsTo(t, t.studioId, studios),
  ],
)
