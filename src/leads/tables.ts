import { sql } from 'drizzle-orm'
import { check, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { additionalInformationFields } from '../customers/tables.ts'
import { customers } from '../customers/customer-table.ts'
import { contracts } from '../contracts/tables.ts'
import { ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, byReference, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { fieldModes } from './form-rules.ts'

/** What is asked for beyond names and e-mail, which always are; the same for leads and for trial offers. */
export function modeColumns() {
  return {
    addressMode: text('address_mode', { enum: fieldModes }).notNull().default('OPTIONAL'),
    dateOfBirthMode: text('date_of_birth_mode', { enum: fieldModes }).notNull().default('OPTIONAL'),
    genderMode: text('gender_mode', { enum: fieldModes }).notNull().default('OPTIONAL'),
    telephoneMode: text('telephone_mode', { enum: fieldModes }).notNull().default('OPTIONAL'),
  }
}

/** What a studio asks prospects for; without a row everything is optional. */
export const leadConfigs = aggregateTable(
  'lead_configs',
  {
    studioId: ref('studio_id').notNull(),
    ...modeColumns(),
  },
  (t) => [uniqueIndex('lead_configs_one_per_studio').on(t.tenantId, t.studioId), belongsTo(t, t.studioId, studios)],
)

/** The fields of the studio's own that prospects are asked for, in the order of `position`. */
export const leadConfigFields = tenantTable(
  'lead_config_fields',
  {
    studioId: ref('studio_id').notNull(),
    configId: ref('config_id').notNull(),
    additionalFieldId: ref('additional_field_id').notNull(),
    mode: text('mode', { enum: fieldModes }).notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    uniqueIndex('lead_config_fields_once').on(t.tenantId, t.configId, t.additionalFieldId),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.configId, leadConfigs),
    belongsTo(t, t.additionalFieldId, additionalInformationFields),
  ],
)

/** Where prospects come from. `external_id` is the code that a partner sends along. */
export const campaigns = aggregateTable(
  'campaigns',
  {
    studioId: ref('studio_id').notNull(),
    name: text('name').notNull(),
    externalId: text('external_id'),
  },
  (t) => [
    uniqueIndex('campaigns_external_id_unique').on(t.tenantId, t.studioId, t.externalId),
    belongsTo(t, t.studioId, studios),
  ],
)

/**
 * The sales record of a prospect. `campaign_external_id` is kept as it was sent, also where no campaign has it.
 * `trial_offer_config_id` refers to `trial_offer_configs`, which come after this module: that stands in the migration.
 */
export const leads = aggregateTable(
  'leads',
  {
    studioId: ref('studio_id').notNull(),
    customerId: ref('customer_id').notNull(),
    source: text('source', { enum: ['API_LEAD', 'TRIAL_OFFER', 'STAFF', 'CONNECT'] }).notNull(),
    trialOfferConfigId: ref('trial_offer_config_id'),
    campaignExternalId: text('campaign_external_id'),
    campaignId: ref('campaign_id'),
    notes: text('notes'),
    status: text('status', { enum: ['OPEN', 'CONVERTED', 'LOST'] })
      .notNull()
      .default('OPEN'),
    convertedContractId: ref('converted_contract_id'),
  },
  (t) => [
    // A person is courted once at a time.
    uniqueIndex('leads_one_open_per_customer').on(t.tenantId, t.customerId).where(sql`${t.status} = 'OPEN'`),
    index('leads_customer').on(t.tenantId, t.customerId),
    index('leads_studio').on(t.tenantId, t.studioId, t.status, t.id),
    check('leads_trial_named', sql`(${t.source} = 'TRIAL_OFFER') = (${t.trialOfferConfigId} is not null)`),
    check('leads_contract_converted', sql`${t.convertedContractId} is null or ${t.status} = 'CONVERTED'`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.campaignId, campaigns),
    belongsTo(t, t.convertedContractId, contracts),
    byReference(t, t.convertedContractId),
  ],
)
