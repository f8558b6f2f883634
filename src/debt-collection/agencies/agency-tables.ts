import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { rejectionReasons } from '../../accounts/index.ts'
import { customers } from '../../customers/customer-table.ts'
import { integrations } from '../../integrations/tables.ts'
import { bytes, instant, money, ref } from '../../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable } from '../../platform/database/tenant-table.ts'
import { studios } from '../../studios/tables.ts'
import { collectionTypes, writeOffRules } from './agency-words.ts'

/**
 * What a studio has agreed with a debt collection agency. ENDED: nothing new is handed over, everything else goes on.
 * TERMINATED: the agency reports nothing any more.
 */
export const agencyContracts = aggregateTable(
  'agency_contracts',
  {
    studioId: ref('studio_id').notNull(),
    integrationId: ref('integration_id').notNull(),
    type: text('type', { enum: collectionTypes }).notNull(),
    onClosure: text('on_closure', { enum: writeOffRules }).notNull(),
    onRejection: text('on_rejection', { enum: writeOffRules }).notNull(),
    /** Whether staff may close cases that the agency has. */
    allowCaseUpdates: boolean('allow_case_updates').notNull(),
    /** The least that a customer must owe, in the currency of the studio. */
    minTotal: money('min_total').notNull(),
    /** Days since the due date. */
    minOverdueDays: integer('min_overdue_days').notNull(),
    /** The level that reminders must have reached; 0: a customer need not have been reminded. */
    minDunningLevel: integer('min_dunning_level').notNull().default(0),
    /** Why a payment was returned of a customer who is handed over in the night after it, without being selected. */
    handoverReasons: text('handover_reasons', { enum: rejectionReasons }).array().notNull().default(sql`'{}'`),
    /** What the stage of reminders is called while the agency collects. */
    stageName: text('stage_name').notNull(),
    /** Whether customers are kept out while the agency collects from them. */
    restrictAccess: boolean('restrict_access').notNull(),
    state: text('state', { enum: ['ACTIVE', 'ENDED', 'TERMINATED'] }).notNull(),
  },
  (t) => [
    uniqueIndex('agency_contracts_one_active').on(t.tenantId, t.studioId).where(sql`${t.state} = 'ACTIVE'`),
    index('agency_contracts_integration').on(t.tenantId, t.studioId, t.integrationId),
    check(
      'agency_contracts_least_counted',
      sql`${t.minTotal} >= 0 and ${t.minOverdueDays} >= 0 and ${t.minDunningLevel} >= 0`,
    ),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.integrationId, integrations),
  ],
)

/** The file of an agency about one customer, which joins one or more of our cases. */
export const agencyCases = aggregateTable(
  'agency_cases',
  {
    agencyContractId: ref('agency_contract_id').notNull(),
    customerId: ref('customer_id').notNull(),
    /** How the agency calls it. */
    agencyId: text('agency_id').notNull(),
    /** How it stands on letters to the customer. */
    publicId: text('public_id'),
  },
  (t) => [
    uniqueIndex('agency_cases_agency_id_unique').on(t.tenantId, t.agencyContractId, t.agencyId),
    index('agency_cases_customer').on(t.tenantId, t.customerId),
    belongsTo(t, t.agencyContractId, agencyContracts),
    belongsTo(t, t.customerId, customers),
  ],
)

/** What an agency has sent, so that a repeat changes nothing. */
export const agencyRequests = keyedTable(
  'agency_requests',
  {
    studioId: ref('studio_id').notNull(),
    integrationId: ref('integration_id').notNull(),
    requestId: text('request_id').notNull(),
    bodySha256: bytes('body_sha256').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'agency_requests_pk', columns: [t.tenantId, t.studioId, t.integrationId, t.requestId] }),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.integrationId, integrations),
  ],
)
