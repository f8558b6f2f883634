import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { debtClaims, rejectionReasons } from '../../accounts/tables.ts'
import { customers } from '../../customers/customer-table.ts'
import { bytes, currency, instant, money, plainDate, ref } from '../../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable } from '../../platform/database/tenant-table.ts'
import { studios } from '../../studios/tables.ts'
import { paymentInstruments } from '../instruments/instrument-tables.ts'

/** How the claims of a run are collected. */
export const methodGroups = ['SEPA', 'BACS', 'CH_DD', 'LSV', 'CREDIT_CARD'] as const
export const runStates = ['DRAFT', 'EXPORTED', 'SUBMITTED', 'BOOKED', 'CANCELLED'] as const
/** Whether a mandate is used for the first time, once more, or for the only time that it allows. */
export const sequenceTypes = ['FRST', 'RCUR', 'OOFF'] as const
export const painVersions = ['pain.008.001.08', 'pain.008.001.02'] as const

/** When runs of a studio are drafted and how; a studio without a row drafts by hand. */
export const paymentRunSettings = keyedTable(
  'payment_run_settings',
  {
    studioId: ref('studio_id').notNull(),
    /** Days of the month on which runs are drafted; 31 stands for the last one of each month. */
    runDays: integer('run_days').array().notNull().default(sql`'{}'`),
    methodGroups: text('method_groups', { enum: methodGroups }).array().notNull(),
    /** Calendar days between the draft and the collection, in which payers can be notified. */
    preNotificationDays: integer('pre_notification_days').notNull().default(1),
    painVersion: text('pain_version', { enum: painVersions }).notNull().default('pain.008.001.08'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'payment_run_settings_pk', columns: [t.tenantId, t.studioId] }),
    check('payment_run_settings_pre_notification', sql`${t.preNotificationDays} between 0 and 30`),
    belongsTo(t, t.studioId, studios),
  ],
)

/** Collecting what is due in a studio by a day, from the accounts or cards of its customers. */
export const paymentRuns = aggregateTable(
  'payment_runs',
  {
    studioId: ref('studio_id').notNull(),
    methodGroup: text('method_group', { enum: methodGroups }).notNull(),
    origin: text('origin', { enum: ['CALENDAR', 'STAFF'] }).notNull(),
    /** Claims due up to this day are collected. */
    targetDate: plainDate('target_date').notNull(),
    /** When banks are to debit, and when the payments are booked. */
    collectionDate: plainDate('collection_date').notNull(),
    currency: currency('currency').notNull(),
    state: text('state', { enum: runStates }).notNull(),
    /** When staff exported it; the amounts of its items are fixed from then on, by ascending customer. */
    exportedAt: instant('exported_at'),
    /** Items of customers up to this id are fixed. */
    fixedTo: ref('fixed_to').notNull().default(0),
    isFixed: boolean('is_fixed').notNull().default(false),
    /** What the bank is given. Cards have none. */
    fileId: ref('file_id'),
    fileSha256: bytes('file_sha256'),
    /** Since when staff have stopped the work on it; what is done stays, and the rest waits. */
    stoppedAt: instant('stopped_at'),
    submittedAt: instant('submitted_at'),
    bookedAt: instant('booked_at'),
  },
  (t) => [
    uniqueIndex('payment_runs_once_by_calendar')
      .on(t.tenantId, t.studioId, t.methodGroup, t.targetDate)
      .where(sql`${t.origin} = 'CALENDAR'`),
    index('payment_runs_studio').on(t.tenantId, t.studioId, t.id),
    index('payment_runs_open').on(t.tenantId, t.id).where(sql`${t.state} in ('EXPORTED', 'SUBMITTED')`),
    check('payment_runs_exported_at', sql`${t.exportedAt} is not null or ${t.state} in ('DRAFT', 'CANCELLED')`),
    check('payment_runs_submitted_at', sql`(${t.submittedAt} is not null) = (${t.state} in ('SUBMITTED', 'BOOKED'))`),
    check('payment_runs_booked_at', sql`(${t.bookedAt} is not null) = (${t.state} = 'BOOKED')`),
    check('payment_runs_stopped_open', sql`${t.stoppedAt} is null or ${t.state} in ('EXPORTED', 'SUBMITTED')`),
    check('payment_runs_file_whole', sql`${t.fileId} is null or ${t.fileSha256} is not null`),
    belongsTo(t, t.studioId, studios),
  ],
)

/**
 * What a run collects from one mandate or card. No index holds its state, and its pages are half empty: an item that is fixed
 * stays where it is, and no index learns of it (ADR 0020). PENDING until its amount is fixed; DROPPED when nothing was left to collect
 * then, when staff took it out, or with its run; FAILED when a card was declined; RETURNED when the money was taken back.
 */
export const paymentRunItems = aggregateTable(
  'payment_run_items',
  {
    runId: ref('run_id').notNull(),
    customerId: ref('customer_id').notNull(),
    instrumentId: ref('instrument_id').notNull(),
    state: text('state', {
      enum: ['PENDING', 'EXPORTED', 'BOOKED', 'FAILED', 'RETURNED', 'DROPPED'],
    }).notNull(),
    /** What was open when it was selected, and from the export on what is collected. */
    amount: money('amount').notNull(),
    currency: currency('currency').notNull(),
    /** Known from the export on; null for cards. */
    sequenceType: text('sequence_type', { enum: sequenceTypes }),
    /** The name of the collection that banks repeat in their returns. */
    endToEndId: text('end_to_end_id').notNull().generatedAlwaysAs(sql`'P' || id::text`),
    /** The name of the charge at the provider of cards. */
    providerKey: uuid('provider_key').notNull().default(sql`gen_random_uuid()`),
    /** Why the money did not come, or did not stay. */
    rejectionReason: text('rejection_reason', { enum: rejectionReasons }),
    /** Why it could not be booked so far, without values of people. */
    error: text('error'),
  },
  (t) => [
    uniqueIndex('payment_run_items_customer_once').on(t.tenantId, t.runId, t.customerId),
    uniqueIndex('payment_run_items_end_to_end_unique').on(t.tenantId, t.endToEndId),
    uniqueIndex('payment_run_items_provider_key_unique').on(t.tenantId, t.providerKey),
    index('payment_run_items_customer').on(t.tenantId, t.customerId),
    index('payment_run_items_instrument').on(t.tenantId, t.instrumentId),
    check('payment_run_items_amount_positive', sql`${t.amount} > 0`),
    belongsTo(t, t.runId, paymentRuns),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.instrumentId, paymentInstruments),
  ],
)

/** A claim that an item collects. It is live until the item is over: a claim is in one live collection at most. */
export const paymentRunItemClaims = keyedTable(
  'payment_run_item_claims',
  {
    itemId: ref('item_id').notNull(),
    claimId: ref('claim_id').notNull(),
    amount: money('amount').notNull(),
    isLive: boolean('is_live').notNull().default(true),
  },
  (t) => [
    primaryKey({ name: 'payment_run_item_claims_pk', columns: [t.tenantId, t.itemId, t.claimId] }),
    uniqueIndex('payment_run_item_claims_one_live').on(t.tenantId, t.claimId).where(sql`${t.isLive}`),
    index('payment_run_item_claims_claim').on(t.tenantId, t.claimId),
    check('payment_run_item_claims_amount_positive', sql`${t.amount} > 0`),
    belongsTo(t, t.itemId, paymentRunItems),
    belongsTo(t, t.claimId, debtClaims),
  ],
)
