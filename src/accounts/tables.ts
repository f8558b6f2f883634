import { sql } from 'drizzle-orm'
import { boolean, check, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { customers } from '../customers/customer-table.ts'
import { currency, instant, money, plainDate, ref } from '../platform/database/columns.ts'
import { belongsTo, keyedTable } from '../platform/database/tenant-table.ts'
import { dunningLevels } from './dunning/dunning-tables.ts'
import { legalEntities } from './legal-entities/legal-entity-tables.ts'
import { paymentChoices } from './payment-choices.ts'

export { billingRunItems, billingRuns } from './billing/billing-tables.ts'
export { dunningLevels, dunningNotices } from './dunning/dunning-tables.ts'
export { allocations, creditItems, debtClaims } from './claim-tables.ts'
export { ledgerAccounts, legalEntities, taxCodes, taxRates } from './legal-entities/legal-entity-tables.ts'
export { dayCloses, journalEntries, postings } from './journal/journal-tables.ts'
export { paymentChoices } from './payment-choices.ts'
export { rejectionReasons } from './rejection-reasons.ts'

/**
 * A customer's money with one legal entity. Every change of it locks this row before reading what it decides on;
 * balance and credit are caches written in the same transaction.
 */
export const customerAccounts = keyedTable(
  'customer_accounts',
  {
    customerId: ref('customer_id').notNull(),
    entityId: ref('entity_id').notNull(),
    debtorId: text('debtor_id').notNull(),
    paymentChoice: text('payment_choice', { enum: paymentChoices }).notNull().default('CASH'),
    balance: money('balance').notNull().default('0'),
    consumptionCredit: money('consumption_credit').notNull().default('0'),
    currency: currency('currency').notNull(),
    dunningLevelId: ref('dunning_level_id'),
    /** Counted up when nothing is overdue any more. */
    dunningCycle: integer('dunning_cycle').notNull().default(0),
    /** When the present level was reached; local date of the studio. */
    dunnedOn: plainDate('dunned_on'),
    openCases: integer('open_cases').notNull().default(0),
    collectionHold: boolean('collection_hold').notNull().default(false),
    /** What the stage of reminders is called while an agency collects. */
    collectionStage: text('collection_stage'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    version: integer('version').notNull().default(0),
  },
  (t) => [
    primaryKey({ name: 'customer_accounts_pk', columns: [t.tenantId, t.customerId, t.entityId] }),
    uniqueIndex('customer_accounts_debtor_id_unique').on(t.tenantId, t.debtorId),
    check('customer_accounts_open_cases_counted', sql`${t.openCases} >= 0`),
    check('customer_accounts_dunned_with_level', sql`(${t.dunningLevelId} is null) = (${t.dunnedOn} is null)`),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.entityId, legalEntities),
    belongsTo(t, t.dunningLevelId, dunningLevels),
  ],
)

/** The debtor id given out last; the first one is 10000. */
export const debtorCounters = keyedTable('debtor_counters', { lastNumber: ref('last_number').notNull() }, (t) => [
  primaryKey({ name: 'debtor_counters_pk', columns: [t.tenantId] }),
])
