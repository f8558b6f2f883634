import { sql } from 'drizzle-orm'
import { check, index, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { debtClaims } from '../../accounts/tables.ts'
import { customers } from '../../customers/customer-table.ts'
import { integrations } from '../../integrations/tables.ts'
import { plainDate, ref } from '../../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable } from '../../platform/database/tenant-table.ts'
import { collectionCases } from '../runs/run-tables.ts'

/**
 * Keeps a customer, or one claim, from being handed over. AGENCY: set by the integration that is named. SYSTEM: follows
 * from a rejection; where an integration is named, it holds for that agency alone.
 */
export const collectionBlocks = aggregateTable(
  'collection_blocks',
  {
    customerId: ref('customer_id').notNull(),
    claimId: ref('claim_id'),
    source: text('source', { enum: ['AGENCY', 'STAFF', 'SYSTEM'] }).notNull(),
    integrationId: ref('integration_id'),
    limitType: text('limit_type', { enum: ['LIMITED', 'UNLIMITED'] }).notNull(),
    /** Its last day. */
    endDate: plainDate('end_date'),
    reason: text('reason'),
    /** Of SYSTEM: the case that was rejected. */
    caseId: ref('case_id'),
  },
  (t) => [
    uniqueIndex('collection_blocks_one').on(
      t.tenantId,
      t.customerId,
      sql`coalesce(${t.claimId}, 0)`,
      t.source,
      sql`coalesce(${t.integrationId}, 0)`,
      sql`coalesce(${t.caseId}, 0)`,
    ),
    index('collection_blocks_claim').on(t.tenantId, t.claimId),
    index('collection_blocks_case').on(t.tenantId, t.caseId),
    check('collection_blocks_end_of_limited', sql`(${t.limitType} = 'LIMITED') = (${t.endDate} is not null)`),
    check('collection_blocks_agency_named', sql`${t.source} <> 'AGENCY' or ${t.integrationId} is not null`),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.claimId, debtClaims),
    belongsTo(t, t.integrationId, integrations),
    belongsTo(t, t.caseId, collectionCases),
  ],
)

/** The ban that keeps a customer out while an agency collects. Staff may lift it before: then it is not there any more. */
export const collectionBans = keyedTable(
  'collection_bans',
  { customerId: ref('customer_id').notNull(), restrictionId: ref('restriction_id').notNull() },
  (t) => [
    primaryKey({ name: 'collection_bans_pk', columns: [t.tenantId, t.customerId] }),
    belongsTo(t, t.customerId, customers),
  ],
)
