import { sql } from 'drizzle-orm'
import { boolean, char, check, index, integer, json, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytes, id, instant, plainDate, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { integrations } from '../integrations/tables.ts'
import { customers } from './customer-table.ts'
import type { CustomerRow } from './customer-row.ts'
import type { CustomerStanding } from './customer-standing.ts'

export { accessCodeUses } from './access/access-code-tables.ts'
export { customers, genders } from './customer-table.ts'

export const accessMediumTypes = ['CARD_NUMBER', 'PIN', 'BARCODE', 'WALLET_PASS'] as const

/** The next customer number per studio, taken by `update … returning`. */
export const customerNumberCounters = keyedTable(
  'customer_number_counters',
  { studioId: ref('studio_id').notNull(), next: ref('next').notNull() },
  (t) => [
    primaryKey({ name: 'customer_number_counters_pk', columns: [t.tenantId, t.studioId] }),
    belongsTo(t, t.studioId, studios),
  ],
)

/** Legal representative or payer of a minor. */
export const customerLiablePersons = aggregateTable(
  'customer_liable_persons',
  {
    customerId: ref('customer_id').notNull(),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    dateOfBirth: plainDate('date_of_birth'),
    street: text('street'),
    houseNumber: text('house_number'),
    zipCode: text('zip_code'),
    city: text('city'),
    countryCode: char('country_code', { length: 2 }),
    email: text('email'),
    phone: text('phone'),
    taxIdEnc: bytes('tax_id_enc'),
    docIdentEnc: bytes('doc_ident_enc'),
    accountHolder: text('account_holder'),
    ibanEnc: bytes('iban_enc'),
    bic: text('bic'),
    bankName: text('bank_name'),
  },
  (t) => [
    uniqueIndex('customer_liable_persons_one').on(t.tenantId, t.customerId),
    belongsTo(t, t.customerId, customers),
  ],
)

/** A partner's own id of a customer; no integration = migrated data. */
export const customerThirdPartyIds = tenantTable(
  'customer_third_party_ids',
  {
    customerId: ref('customer_id').notNull(),
    integrationId: ref('integration_id'),
    value: text('value').notNull(),
  },
  (t) => [
    uniqueIndex('customer_third_party_ids_value_unique').on(t.tenantId, t.integrationId, t.value),
    uniqueIndex('customer_third_party_ids_one').on(t.tenantId, t.customerId, t.integrationId),
    // The two above do not compare rows without integration.
    uniqueIndex('customer_third_party_ids_migrated_unique')
      .on(t.tenantId, t.value)
      .where(sql`${t.integrationId} is null`),
    uniqueIndex('customer_third_party_ids_migrated_one')
      .on(t.tenantId, t.customerId)
      .where(sql`${t.integrationId} is null`),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.integrationId, integrations),
  ],
)

export const customerStudioHistory = tenantTable(
  'customer_studio_history',
  {
    customerId: ref('customer_id').notNull(),
    fromStudio: ref('from_studio').notNull(),
    toStudio: ref('to_studio').notNull(),
    switchDate: plainDate('switch_date').notNull(),
    description: text('description'),
    actor: text('actor').notNull(),
    requestHash: bytes('request_hash'),
  },
  (t) => [
    index('customer_studio_history_customer').on(t.tenantId, t.customerId, t.switchDate),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.fromStudio, studios),
    belongsTo(t, t.toStudio, studios),
  ],
)

/** A row hides the customer from that integration. */
export const customerIntegrationBlocks = tenantTable(
  'customer_integration_blocks',
  {
    customerId: ref('customer_id').notNull(),
    integrationId: ref('integration_id').notNull(),
    since: instant('since').notNull(),
    reason: text('reason'),
  },
  (t) => [
    uniqueIndex('customer_integration_blocks_one').on(t.tenantId, t.customerId, t.integrationId),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.integrationId, integrations),
  ],
)

export const accessMediums = aggregateTable(
  'access_mediums',
  {
    customerId: ref('customer_id').notNull(),
    type: text('type', { enum: accessMediumTypes }).notNull(),
    /** Card: canonical decimal. PIN: blind index, never the digits. Barcode: UPC-A where it is one. Others as given. */
    valueNorm: text('value_norm').notNull(),
    /** PIN only. */
    valueEnc: bytes('value_enc'),
    /** Null = staff or the system. */
    ownerIntegrationId: ref('owner_integration_id'),
    validUntil: instant('valid_until'),
    removedAt: instant('removed_at'),
  },
  (t) => [
    uniqueIndex('access_mediums_value_unique').on(t.tenantId, t.type, t.valueNorm).where(sql`${t.removedAt} is null`),
    index('access_mediums_customer').on(t.tenantId, t.customerId),
    check('access_mediums_pin_encrypted', sql`(${t.type} = 'PIN') = (${t.valueEnc} is not null)`),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.ownerIntegrationId, integrations),
  ],
)

/** Keeps a customer out, always or between two local dates (inclusive). */
export const accessRestrictions = aggregateTable(
  'access_restrictions',
  {
    customerId: ref('customer_id').notNull(),
    source: text('source', { enum: ['INTEGRATION', 'STAFF', 'DUNNING'] }).notNull(),
    integrationId: ref('integration_id'),
    reason: text('reason').notNull(),
    startDate: plainDate('start_date'),
    endDate: plainDate('end_date'),
  },
  (t) => [
    uniqueIndex('access_restrictions_one_per_integration')
      .on(t.tenantId, t.customerId, t.integrationId)
      .where(sql`${t.source} = 'INTEGRATION'`),
    index('access_restrictions_customer').on(t.tenantId, t.customerId),
    check('access_restrictions_dates_whole', sql`num_nonnulls(${t.startDate}, ${t.endDate}) in (0, 2)`),
    check('access_restrictions_dates_ordered', sql`${t.startDate} <= ${t.endDate}`),
    check(
      'access_restrictions_integration_named',
      sql`(${t.source} = 'INTEGRATION') = (${t.integrationId} is not null)`,
    ),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.integrationId, integrations),
  ],
)

/** Fields that staff invent. `studio_ids` = where the field is asked and shown. */
export const additionalInformationFields = aggregateTable(
  'additional_information_fields',
  {
    name: text('name').notNull(),
    abbreviation: text('abbreviation'),
    type: text('type', { enum: ['BOOLEAN', 'DATE', 'LIST', 'NUMERIC', 'TEXT'] }).notNull(),
    /** LIST only: several items at once. */
    multi: boolean('multi').notNull().default(false),
    position: integer('position').notNull(),
    active: boolean('active').notNull().default(true),
    studioIds: ref('studio_ids').array().notNull(),
  },
  (t) => [check('additional_information_fields_multi_is_list', sql`not ${t.multi} or ${t.type} = 'LIST'`)],
)

export const additionalInformationListItems = tenantTable(
  'additional_information_list_items',
  {
    fieldId: ref('field_id').notNull(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    active: boolean('active').notNull().default(true),
  },
  (t) => [
    index('additional_information_list_items_field').on(t.tenantId, t.fieldId),
    belongsTo(t, t.fieldId, additionalInformationFields),
  ],
)

export const additionalInformationAssignments = tenantTable(
  'additional_information_assignments',
  { customerId: ref('customer_id').notNull(), fieldId: ref('field_id').notNull(), value: text('value').notNull() },
  (t) => [
    uniqueIndex('additional_information_assignments_one').on(t.tenantId, t.customerId, t.fieldId),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.fieldId, additionalInformationFields),
  ],
)

/**
 * Every customer that the API may show, as one JSON text with all its parts: a read then costs one row instead of a dozen
 * tables. Triggers keep it (see the migrations), in the transaction of whatever changed; code only reads it.
 */
export const customerViews = keyedTable(
  'customer_views',
  {
    customerId: ref('customer_id').notNull(),
    studioId: ref('studio_id').notNull(),
    blockedIntegrationIds: ref('blocked_integration_ids').array().notNull(),
    whole: json('whole').$type<CustomerRow>().notNull(),
  },
  (t) => [primaryKey({ name: 'customer_views_pk', columns: [t.tenantId, t.customerId] })],
)

/**
 * What decides on bookings and doors of a living customer, besides what changes with every booking or visit: bans and
 * contracts, as one JSON text. Triggers keep it as they keep {@link customerViews}; code only reads it.
 */
export const customerStandings = keyedTable(
  'customer_standings',
  { customerId: ref('customer_id').notNull(), standing: json('standing').$type<CustomerStanding>().notNull() },
  (t) => [primaryKey({ name: 'customer_standings_pk', columns: [t.tenantId, t.customerId] })],
)

/** Who read whom. Written in batches after the read, therefore without references that would lock rows. */
export const customerAccessLog = keyedTable(
  'customer_access_log',
  {
    id: id(),
    customerId: ref('customer_id').notNull(),
    apiKeyId: ref('api_key_id'),
    staffUserId: ref('staff_user_id'),
    operation: text('operation').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'customer_access_log_pk', columns: [t.tenantId, t.id] }),
    index('customer_access_log_customer').on(t.tenantId, t.customerId, t.at),
    index('customer_access_log_expiry').on(t.tenantId, t.at),
    check('customer_access_log_one_reader', sql`num_nonnulls(${t.apiKeyId}, ${t.staffUserId}) = 1`),
  ],
)
