import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { customers } from '../../customers/customer-table.ts'
import { instant, plainDate, ref } from '../../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable } from '../../platform/database/tenant-table.ts'
import { studios } from '../../studios/tables.ts'

/** Booking what has fallen due in a studio by a day. One row per studio and local day. */
export const billingRuns = aggregateTable(
  'billing_runs',
  {
    studioId: ref('studio_id').notNull(),
    runDate: plainDate('run_date').notNull(),
    state: text('state', { enum: ['RUNNING', 'STOPPED', 'COMPLETED'] }).notNull(),
    /** Customers up to this id have their item. */
    gatheredTo: ref('gathered_to').notNull().default(0),
    isGathered: boolean('is_gathered').notNull().default(false),
    completedAt: instant('completed_at'),
  },
  (t) => [
    uniqueIndex('billing_runs_once_a_day').on(t.tenantId, t.studioId, t.runDate),
    index('billing_runs_open').on(t.tenantId, t.id).where(sql`${t.state} <> 'COMPLETED'`),
    check('billing_runs_completed', sql`(${t.state} = 'COMPLETED') = (${t.completedAt} is not null)`),
    belongsTo(t, t.studioId, studios),
  ],
)

/** A customer of a run. The transaction that books for him holds the row, so that no other one does. */
export const billingRunItems = keyedTable(
  'billing_run_items',
  {
    runId: ref('run_id').notNull(),
    customerId: ref('customer_id').notNull(),
    state: text('state', { enum: ['PENDING', 'DONE', 'FAILED'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Why it failed, without values of people. */
    error: text('error'),
    /** When a failed one is tried again; null once it is left to staff. */
    retryAt: instant('retry_at'),
  },
  (t) => [
    primaryKey({ name: 'billing_run_items_pk', columns: [t.tenantId, t.runId, t.customerId] }),
    index('billing_run_items_pending').on(t.tenantId, t.runId, t.customerId).where(sql`${t.state} = 'PENDING'`),
    index('billing_run_items_retried').on(t.tenantId, t.retryAt).where(sql`${t.state} = 'FAILED'`),
    index('billing_run_items_customer').on(t.tenantId, t.customerId),
    check('billing_run_items_failed_says_why', sql`(${t.state} = 'FAILED') = (${t.error} is not null)`),
    check('billing_run_items_retry_of_failed', sql`${t.retryAt} is null or ${t.state} = 'FAILED'`),
    belongsTo(t, t.runId, billingRuns),
    belongsTo(t, t.customerId, customers),
  ],
)
