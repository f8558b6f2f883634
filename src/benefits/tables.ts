import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { customers } from '../customers/customer-table.ts'
import { termUnits } from '../entitlements/tables.ts'
import { instant, plainDate, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { integrations } from '../integrations/tables.ts'

/** A service of a partner, known to the partner by its key. Guests may use it when it is cross-facility. */
export const benefits = aggregateTable(
  'benefits',
  {
    integrationId: ref('integration_id').notNull(),
    key: text('key').notNull(),
    name: text('name').notNull(),
    crossFacility: boolean('cross_facility').notNull().default(false),
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    uniqueIndex('benefits_key_unique').on(t.tenantId, t.integrationId, t.key),
    check('benefits_key_named', sql`${t.key} <> ''`),
    belongsTo(t, t.integrationId, integrations),
  ],
)

/** Where a benefit can be used; no row = not there. */
export const benefitStudios = keyedTable(
  'benefit_studios',
  {
    benefitId: ref('benefit_id').notNull(),
    studioId: ref('studio_id').notNull(),
    enabled: boolean('enabled').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'benefit_studios_pk', columns: [t.tenantId, t.benefitId, t.studioId] }),
    belongsTo(t, t.benefitId, benefits),
    belongsTo(t, t.studioId, studios),
  ],
)

/**
 * Who is entitled to a benefit, and how often. It counts for customers whose home studio is `studio_id`. `source_id` is a
 * rate, a module or a customer, as `source` says; all members have none.
 */
export const benefitRules = aggregateTable(
  'benefit_rules',
  {
    benefitId: ref('benefit_id').notNull(),
    studioId: ref('studio_id').notNull(),
    source: text('source', { enum: ['RATE', 'MODULE', 'ALL_MEMBERS', 'CUSTOMER'] }).notNull(),
    sourceId: ref('source_id'),
    contingent: text('contingent', { enum: ['UNLIMITED', 'PER_PERIOD', 'TOTAL'] }).notNull(),
    amount: integer('amount'),
    periodUnit: text('period_unit', { enum: termUnits }),
    anchor: text('anchor', { enum: ['CALENDAR', 'CONTRACT_START'] }),
    /** Local dates of the home studio, both inclusive; null = without limit. */
    validFrom: plainDate('valid_from'),
    validTo: plainDate('valid_to'),
  },
  (t) => [
    index('benefit_rules_benefit').on(t.tenantId, t.benefitId, t.studioId, t.source, t.sourceId),
    check('benefit_rules_source_named', sql`(${t.source} = 'ALL_MEMBERS') = (${t.sourceId} is null)`),
    check(
      'benefit_rules_amount_positive',
      sql`case ${t.contingent} when 'UNLIMITED' then ${t.amount} is null else coalesce(${t.amount}, 0) >= 1 end`,
    ),
    check(
      'benefit_rules_period_whole',
      sql`num_nonnulls(${t.periodUnit}, ${t.anchor}) = case ${t.contingent} when 'PER_PERIOD' then 2 else 0 end`,
    ),
    // A personal grant has no contract; its periods are counted from its first day.
    check(
      'benefit_rules_grant_anchored',
      sql`${t.source} <> 'CUSTOMER' or ${t.anchor} is distinct from 'CONTRACT_START' or ${t.validFrom} is not null`,
    ),
    check('benefit_rules_dates_ordered', sql`${t.validFrom} <= ${t.validTo}`),
    belongsTo(t, t.benefitId, benefits),
    belongsTo(t, t.studioId, studios),
  ],
)

/**
 * Uses of a limited rule in one period, taken by one conditional upsert. `contract_id` is 0 for a personal grant;
 * `period_start` is 0001-01-01 where one amount has to do for good.
 */
export const benefitCounters = keyedTable(
  'benefit_counters',
  {
    customerId: ref('customer_id').notNull(),
    ruleId: ref('rule_id').notNull(),
    contractId: ref('contract_id').notNull(),
    periodStart: plainDate('period_start').notNull(),
    used: integer('used').notNull(),
  },
  (t) => [
    primaryKey({
      name: 'benefit_counters_pk',
      columns: [t.tenantId, t.customerId, t.ruleId, t.contractId, t.periodStart],
    }),
    check('benefit_counters_used_counted', sql`${t.used} >= 0`),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.ruleId, benefitRules),
  ],
)

/** One use. `studio_id` = where; without limit there is no counter and no period. */
export const benefitUsages = tenantTable(
  'benefit_usages',
  {
    customerId: ref('customer_id').notNull(),
    benefitId: ref('benefit_id').notNull(),
    ruleId: ref('rule_id').notNull(),
    contractId: ref('contract_id').notNull(),
    periodStart: plainDate('period_start'),
    usedAt: instant('used_at').notNull(),
    studioId: ref('studio_id').notNull(),
    source: text('source', { enum: ['API', 'WEIGHING', 'DEVICE', 'STAFF'] }).notNull(),
    reversedAt: instant('reversed_at'),
  },
  (t) => [
    index('benefit_usages_customer').on(t.tenantId, t.customerId, t.benefitId, t.usedAt),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.benefitId, benefits),
    belongsTo(t, t.ruleId, benefitRules),
    belongsTo(t, t.studioId, studios),
  ],
)
