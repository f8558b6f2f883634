import { sql } from 'drizzle-orm'
import {
  boolean,
  char,
  check,
  doublePrecision,
  index,
  integer,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytes, currency, instant, localDateTime, plainDate, plainTime, ref } from '../platform/database/columns.ts'
import { files } from '../platform/tables.ts'
import { aggregateTable, belongsTo, keyedTable, tenantTable } from '../platform/database/tenant-table.ts'
import { leadDuplicateRules } from './lead-duplicate-rule.ts'
import { daysOfWeek } from './weekday-rules.ts'

export { daysOfWeek }

/** Days after the one of signing within which a contract can be taken back, at most. */
export const longestWithdrawal = 60

/** The distribution catalogue: one row per tenant, whose `tenant_id` is its own id so that the tenant sees only itself. */
export const tenants = aggregateTable(
  'tenants',
  {
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    defaultLanguage: text('default_language').notNull(),
    status: text('status', { enum: ['ACTIVE', 'SUSPENDED'] }).notNull(),
    /** Root of the dynamic access codes; the old one counts for 60 s after a rotation. */
    accessSecretEnc: bytes('access_secret_enc'),
    previousAccessSecretEnc: bytes('previous_access_secret_enc'),
    accessSecretRotatedAt: instant('access_secret_rotated_at'),
    /** RECEIVABLE flips the sign of account balances for integrations built the other way. */
    accountBalanceSign: text('account_balance_sign', { enum: ['CUSTOMER', 'RECEIVABLE'] })
      .notNull()
      .default('CUSTOMER'),
  },
  (t) => [
    uniqueIndex('tenants_slug_unique').on(t.slug),
    check('tenants_slug_form', sql`${t.slug} ~ '^[a-z0-9][a-z0-9-]{1,38}$'`),
    check('tenants_own_tenant', sql`${t.id} = ${t.tenantId}`),
  ],
)

export const studios = aggregateTable(
  'studios',
  {
    number: integer('number').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    timeZone: text('time_zone').notNull(),
    currency: currency('currency').notNull(),
    languageTag: text('language_tag').notNull(),
    countryCode: char('country_code', { length: 2 }).notNull(),
    street: text('street'),
    houseNumber: text('house_number'),
    zip: text('zip'),
    city: text('city'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    email: text('email'),
    telephone: text('telephone'),
    website: text('website'),
    logoFileId: ref('logo_file_id'),
    /** People at once; null = no limit. */
    capacity: integer('capacity'),
    openingDate: plainDate('opening_date'),
    closingDate: plainDate('closing_date'),
    status: text('status', { enum: ['ACTIVE', 'CLOSED'] }).notNull(),
    /** The company that keeps its books; null = the default one of its currency. The reference stands in the migrations. */
    legalEntityId: ref('legal_entity_id'),
    ...accessCodeSettings(),
    ...autoCheckoutRules(),
    /** Nobody is let in beyond the capacity, by whatever way but a device that has a setting of its own. */
    enforceCapacity: boolean('enforce_capacity').notNull().default(false),
    /** A booking opens the door to people without membership, from an hour before its start to its end. */
    admitBookings: boolean('admit_bookings').notNull().default(true),
    sharePrivateEmployeeData: boolean('share_private_employee_data').notNull().default(true),
    /** Refuses a second customer of the same names, birth date and e-mail. */
    duplicateCheck: boolean('duplicate_check').notNull().default(true),
    leadDuplicateRule: text('lead_duplicate_rule', { enum: leadDuplicateRules }).notNull().default('EMAIL'),
    /** Verifies the check characters of a tax id, not only its form. */
    taxIdStrict: boolean('tax_id_strict').notNull().default(false),
    /** Form of new customer numbers; null = `<studio number>-<counter>`. */
    customerNumberPattern: text('customer_number_pattern'),
    showContractVolume: boolean('show_contract_volume').notNull().default(true),
    /** Members recruit friends: their codes count when a contract is signed. */
    referralsEnabled: boolean('referrals_enabled').notNull().default(true),
    ...contractStartRules(),
    ...withdrawalRules(),
  },
  (t) => [
    uniqueIndex('studios_number_unique').on(t.tenantId, t.number),
    check('studios_capacity_positive', sql`${t.capacity} > 0`),
    check(
      'studios_contract_start_counted',
      sql`${t.backdateDays} >= 0 and ${t.advanceMonths} >= 0 and ${t.maxPreuseDays} >= 0`,
    ),
    check(
      'studios_withdrawal_days_counted',
      sql`${t.withdrawalDays} between 0 and ${sql.raw(String(longestWithdrawal))}`,
    ),
    check('studios_auto_checkout_positive', sql`${t.autoCheckoutAfterMinutes} > 0`),
    check('studios_location_whole', sql`num_nonnulls(${t.latitude}, ${t.longitude}) in (0, 2)`),
    belongsTo(t, t.tenantId, tenants),
    belongsTo(t, t.logoFileId, files),
  ],
)

function accessCodeSettings() {
  return {
    accessCodeEnabled: boolean('access_code_enabled').notNull().default(true),
    accessCodeMode: text('access_code_mode', { enum: ['STATIC_ONLY', 'MIXED', 'DYNAMIC_ONLY'] })
      .notNull()
      .default('MIXED'),
    /** What a static code holds: a JSON text, or the 12-digit access number of older readers. */
    accessCodeFormat: text('access_code_format', { enum: ['JSON', 'NUMBER'] })
      .notNull()
      .default('JSON'),
    accessCodeSingleUse: boolean('access_code_single_use').notNull().default(false),
  }
}

/** How far from the day of signing a contract may start, and how long before its start it may be used. */
function contractStartRules() {
  return {
    backdateDays: integer('backdate_days').notNull().default(0),
    advanceMonths: integer('advance_months').notNull().default(12),
    maxPreuseDays: integer('max_preuse_days').notNull().default(92),
  }
}

/** How long the signing of a contract can be taken back, and whether the days that were used are then charged. */
function withdrawalRules() {
  return {
    withdrawalDays: integer('withdrawal_days').notNull().default(14),
    withdrawalChargesUsedDays: boolean('withdrawal_charges_used_days').notNull().default(false),
  }
}

/** Null or false = that rule is off; the earliest due instant of the others counts. */
function autoCheckoutRules() {
  return {
    autoCheckoutAfterMinutes: integer('auto_checkout_after_minutes'),
    autoCheckoutAtClosing: boolean('auto_checkout_at_closing').notNull().default(false),
    autoCheckoutDailyAt: plainTime('auto_checkout_daily_at'),
  }
}

/** `time_to` at or before `time_from` ends on the following day, so 00:00 to 00:00 is a full day. */
export const openingHours = tenantTable(
  'opening_hours',
  {
    studioId: ref('studio_id').notNull(),
    kind: text('kind', { enum: ['INTERNAL', 'PUBLIC'] }).notNull(),
    dayFrom: text('day_from', { enum: daysOfWeek }).notNull(),
    dayTo: text('day_to', { enum: daysOfWeek }).notNull(),
    timeFrom: plainTime('time_from').notNull(),
    timeTo: plainTime('time_to').notNull(),
  },
  (t) => [index('opening_hours_studio').on(t.tenantId, t.studioId), belongsTo(t, t.studioId, studios)],
)

/** Local and half-open: closed from `from_local` until just before `to_local`. */
export const studioClosings = aggregateTable(
  'studio_closings',
  {
    studioId: ref('studio_id').notNull(),
    reason: text('reason').notNull(),
    fromLocal: localDateTime('from_local').notNull(),
    toLocal: localDateTime('to_local').notNull(),
  },
  (t) => [
    index('studio_closings_end').on(t.tenantId, t.studioId, t.toLocal),
    check('studio_closings_order', sql`${t.fromLocal} < ${t.toLocal}`),
    belongsTo(t, t.studioId, studios),
  ],
)

/** Named windows that rates refer to as their time restriction. */
export const openingHourCategories = aggregateTable(
  'opening_hour_categories',
  { studioId: ref('studio_id').notNull(), name: text('name').notNull() },
  (t) => [
    uniqueIndex('opening_hour_categories_name_unique').on(t.tenantId, t.studioId, t.name),
    belongsTo(t, t.studioId, studios),
  ],
)

export const openingHourCategoryTimes = tenantTable(
  'opening_hour_category_times',
  {
    categoryId: ref('category_id').notNull(),
    day: text('day', { enum: daysOfWeek }).notNull(),
    timeFrom: plainTime('time_from').notNull(),
    timeTo: plainTime('time_to').notNull(),
  },
  (t) => [
    index('opening_hour_category_times_category').on(t.tenantId, t.categoryId),
    belongsTo(t, t.categoryId, openingHourCategories),
  ],
)

export const tags = tenantTable('tags', { name: text('name').notNull() }, (t) => [
  uniqueIndex('tags_name_unique').on(t.tenantId, t.name),
  check('tags_name_length', sql`char_length(${t.name}) between 1 and 60`),
])

export const studioTags = keyedTable(
  'studio_tags',
  { studioId: ref('studio_id').notNull(), tagId: ref('tag_id').notNull() },
  (t) => [
    primaryKey({ name: 'studio_tags_pk', columns: [t.tenantId, t.studioId, t.tagId] }),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.tagId, tags),
  ],
)
