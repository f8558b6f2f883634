import { sql } from 'drizzle-orm'
import { check, index, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { integrations } from '../integrations/tables.ts'
import { customers } from '../customers/customer-table.ts'

/**
 * A person's wish to be forgotten, waiting for staff. It goes with a person who is deleted outright; of one who is
 * anonymised it stays as the proof that the wish was met.
 */
export const privacyRequests = aggregateTable(
  'privacy_requests',
  {
    customerId: ref('customer_id').notNull(),
    /** Home studio at the time: whose staff decide. */
    studioId: ref('studio_id').notNull(),
    kind: text('kind', { enum: ['ERASURE'] }).notNull(),
    state: text('state', { enum: ['OPEN', 'DONE', 'REFUSED'] })
      .notNull()
      .default('OPEN'),
    /** Who passed the wish on; absent for staff. */
    integrationId: ref('integration_id'),
    requestedAt: instant('requested_at').notNull(),
    finishedAt: instant('finished_at'),
    /** Why staff refused; shown to staff only. */
    reason: text('reason'),
  },
  (t) => [
    uniqueIndex('privacy_requests_one_open').on(t.tenantId, t.customerId, t.kind).where(sql`${t.state} = 'OPEN'`),
    index('privacy_requests_queue').on(t.tenantId, t.studioId, t.state, t.id),
    index('privacy_requests_customer').on(t.tenantId, t.customerId),
    check('privacy_requests_finished', sql`(${t.state} = 'OPEN') = (${t.finishedAt} is null)`),
    check('privacy_requests_refused_with_reason', sql`(${t.state} = 'REFUSED') = (${t.reason} is not null)`),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.integrationId, integrations),
  ],
)
