import { sql } from 'drizzle-orm'
import { check, index, jsonb, text } from 'drizzle-orm/pg-core'
import { creditItems } from '../../accounts/tables.ts'
import { instant, money, ref } from '../../platform/database/columns.ts'
import { aggregateTable, belongsTo } from '../../platform/database/tenant-table.ts'
import { collectionCases, collectionDebts } from '../runs/run-tables.ts'

/**
 * So much of what an agency has paid was for one debt. `payment_id` is the payment of the customer's account; none where
 * the agency paid for a claim that it has bought. `corrected` is what it has taken back since.
 */
export const collectionPayments = aggregateTable(
  'collection_payments',
  {
    debtId: ref('debt_id').notNull(),
    paymentId: ref('payment_id'),
    amount: money('amount').notNull(),
    corrected: money('corrected').notNull().default('0'),
  },
  (t) => [
    index('collection_payments_debt').on(t.tenantId, t.debtId, t.id),
    index('collection_payments_payment').on(t.tenantId, t.paymentId),
    check('collection_payments_within_amount', sql`${t.amount} > 0 and ${t.corrected} between 0 and ${t.amount}`),
    belongsTo(t, t.debtId, collectionDebts),
    belongsTo(t, t.paymentId, creditItems),
  ],
)

/** What staff have changed of a case that the agency has; OPEN until the agency has seen it. */
export const caseAdjustmentRequests = aggregateTable(
  'case_adjustment_requests',
  {
    caseId: ref('case_id').notNull(),
    kind: text('kind', { enum: ['CLOSED', 'REOPENED'] }).notNull(),
    /** The closure before and after, as partners read it. */
    before: jsonb('before').$type<Readonly<Record<string, unknown>>>(),
    after: jsonb('after').$type<Readonly<Record<string, unknown>>>(),
    state: text('state', { enum: ['OPEN', 'ACKNOWLEDGED'] }).notNull(),
    acknowledgedAt: instant('acknowledged_at'),
  },
  (t) => [
    index('case_adjustment_requests_case').on(t.tenantId, t.caseId),
    index('case_adjustment_requests_open').on(t.tenantId, t.id).where(sql`${t.state} = 'OPEN'`),
    check('case_adjustment_requests_acknowledged', sql`(${t.state} = 'OPEN') = (${t.acknowledgedAt} is null)`),
    belongsTo(t, t.caseId, collectionCases),
  ],
)
