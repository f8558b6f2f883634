import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, numeric, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { money, ref } from '../platform/database/columns.ts'
import { files } from '../platform/tables.ts'
import { aggregateTable, belongsTo, keyedTable, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { services, termUnits } from '../entitlements/tables.ts'

/** How often and at what price members may pause. Amounts are in the studio's currency. */
export const idlePolicies = aggregateTable(
  'idle_policies',
  {
    enabled: boolean('enabled').notNull(),
    temporalUnit: text('temporal_unit', { enum: ['DAY', 'WEEK', 'MONTH'] }).notNull(),
    maxTerms: integer('max_terms').notNull(),
    limitWindow: text('limit_window', { enum: ['CONTRACT', 'CONTRACT_YEAR', 'CALENDAR_YEAR'] })
      .notNull()
      .default('CONTRACT_YEAR'),
    freeTerms: integer('free_terms').notNull().default(0),
    leadDays: integer('lead_days').notNull().default(0),
    nextStartOnly: boolean('next_start_only').notNull().default(false),
    startAlignment: text('start_alignment', { enum: ['CALENDAR', 'BILLING_PERIOD'] })
      .notNull()
      .default('CALENDAR'),
    feeType: text('fee_type', { enum: ['NONE', 'ABSOLUTE', 'RELATIVE', 'TERM_BASED'] }).notNull(),
    amount: money('amount'),
    amountPerUnit: money('amount_per_unit'),
    percentage: numeric('percentage', { precision: 7, scale: 4 }),
    recurringCharges: boolean('recurring_charges').notNull().default(false),
    accessRefusal: boolean('access_refusal').notNull().default(false),
    extendsContract: boolean('extends_contract').notNull().default(true),
    unlimitedAllowed: boolean('unlimited_allowed').notNull().default(false),
    dayShortening: boolean('day_shortening').notNull().default(false),
    suspendsModules: boolean('suspends_modules').notNull().default(true),
  },
  (t) => [
    check('idle_policies_max_terms_positive', sql`${t.maxTerms} >= 1`),
    check('idle_policies_free_terms_counted', sql`${t.freeTerms} >= 0`),
    // An endless pause has no total, so its fee must be none, one sum, or fall due bit by bit.
    check(
      'idle_policies_unlimited_has_fee',
      sql`not ${t.unlimitedAllowed} or ${t.recurringCharges} or ${t.feeType} in ('NONE', 'ABSOLUTE')`,
    ),
  ],
)

export const idleReasons = aggregateTable(
  'idle_reasons',
  {
    studioId: ref('studio_id').notNull(),
    name: text('name').notNull(),
    documentRequired: boolean('document_required').notNull().default(false),
    position: integer('position').notNull(),
    active: boolean('active').notNull().default(true),
  },
  (t) => [index('idle_reasons_studio').on(t.tenantId, t.studioId, t.position), belongsTo(t, t.studioId, studios)],
)

/** Why members say they leave. Those of the system name what it does by itself; no member chooses them. */
export const cancelationReasons = aggregateTable(
  'cancelation_reasons',
  {
    studioId: ref('studio_id').notNull(),
    name: text('name').notNull(),
    /** Members may choose it themselves. */
    visibleOnline: boolean('visible_online').notNull().default(true),
    systemKind: text('system_kind', { enum: ['SWITCH', 'DUNNING'] }),
    position: integer('position').notNull(),
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    index('cancelation_reasons_studio').on(t.tenantId, t.studioId, t.position),
    uniqueIndex('cancelation_reasons_system_once')
      .on(t.tenantId, t.studioId, t.systemKind)
      .where(sql`${t.systemKind} is not null`),
    check('cancelation_reasons_system_hidden', sql`${t.systemKind} is null or not ${t.visibleOnline}`),
    belongsTo(t, t.studioId, studios),
  ],
)

/** What is sold as a membership; no studio = all studios. */
export const rates = aggregateTable(
  'rates',
  {
    studioId: ref('studio_id'),
    name: text('name').notNull(),
    /** Name of the tax code of its charges; null: the usual one. */
    taxCode: text('tax_code'),
    idlePolicyId: ref('idle_policy_id'),
    active: boolean('active').notNull().default(true),
  },
  (t) => [belongsTo(t, t.studioId, studios), belongsTo(t, t.idlePolicyId, idlePolicies)],
)

export const modules = aggregateTable(
  'modules',
  {
    studioId: ref('studio_id'),
    name: text('name').notNull(),
    /** Name of the tax code of its charges; null: the usual one. */
    taxCode: text('tax_code'),
    description: text('description'),
    imageKey: ref('image_key'),
    termValue: integer('term_value'),
    termUnit: text('term_unit', { enum: termUnits }),
    extensionType: text('extension_type', { enum: ['NONE', 'TERM_EXTENSION', 'NEW'] }).notNull(),
    extensionTermValue: integer('extension_term_value'),
    extensionTermUnit: text('extension_term_unit', { enum: termUnits }),
    cancelationPeriodValue: integer('cancelation_period_value'),
    cancelationPeriodUnit: text('cancelation_period_unit', { enum: termUnits }),
    extensionCancelationPeriodValue: integer('extension_cancelation_period_value'),
    extensionCancelationPeriodUnit: text('extension_cancelation_period_unit', { enum: termUnits }),
    trialTermValue: integer('trial_term_value'),
    trialTermUnit: text('trial_term_unit', { enum: termUnits }),
    trialDescription: text('trial_description'),
    startRule: text('start_rule', { enum: ['IMMEDIATE', 'NEXT_MAIN_PERIOD'] })
      .notNull()
      .default('IMMEDIATE'),
    billingAlignment: text('billing_alignment', { enum: ['OWN', 'MAIN_CONTRACT'] })
      .notNull()
      .default('OWN'),
    onlineBookable: boolean('online_bookable').notNull().default(false),
    multipleAllowed: boolean('multiple_allowed').notNull().default(false),
    active: boolean('active').notNull().default(true),
  },
  (t) => [belongsTo(t, t.studioId, studios), belongsTo(t, t.imageKey, files)],
)

export const rateCodes = tenantTable(
  'rate_codes',
  { identifier: text('identifier').notNull(), name: text('name').notNull() },
  (t) => [uniqueIndex('rate_codes_identifier_unique').on(t.tenantId, t.identifier)],
)

/** `owner_id` is a rate or a module, as `owner_kind` says. */
export const rateCodeLinks = keyedTable(
  'rate_code_links',
  {
    rateCodeId: ref('rate_code_id').notNull(),
    ownerKind: text('owner_kind', { enum: ['RATE', 'MODULE'] }).notNull(),
    ownerId: ref('owner_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'rate_code_links_pk', columns: [t.tenantId, t.ownerKind, t.ownerId, t.rateCodeId] }),
    belongsTo(t, t.rateCodeId, rateCodes),
  ],
)

/** Where a rate opens the door; a row without studio means everywhere. */
export const rateCheckinStudios = tenantTable(
  'rate_checkin_studios',
  { rateId: ref('rate_id').notNull(), studioId: ref('studio_id') },
  (t) => [
    uniqueIndex('rate_checkin_studios_once').on(t.tenantId, t.rateId, t.studioId),
    uniqueIndex('rate_checkin_studios_all_once').on(t.tenantId, t.rateId).where(sql`${t.studioId} is null`),
    belongsTo(t, t.rateId, rates),
    belongsTo(t, t.studioId, studios),
  ],
)

/** `quantity` null = unlimited; period null = for the whole validity. */
function serviceGrant() {
  return {
    serviceId: ref('service_id').notNull(),
    quantity: integer('quantity'),
    periodValue: integer('period_value'),
    periodUnit: text('period_unit', { enum: termUnits }),
    crossStudio: boolean('cross_studio').notNull().default(false),
  }
}

export const rateServices = tenantTable(
  'rate_services',
  { rateId: ref('rate_id').notNull(), ...serviceGrant() },
  (t) => [
    uniqueIndex('rate_services_once').on(t.tenantId, t.rateId, t.serviceId),
    belongsTo(t, t.rateId, rates),
    belongsTo(t, t.serviceId, services),
  ],
)

export const moduleServices = tenantTable(
  'module_services',
  { moduleId: ref('module_id').notNull(), ...serviceGrant() },
  (t) => [
    uniqueIndex('module_services_once').on(t.tenantId, t.moduleId, t.serviceId),
    belongsTo(t, t.moduleId, modules),
    belongsTo(t, t.serviceId, services),
  ],
)
