import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { creditItems, rejectionReasons } from '../accounts/tables.ts'
import { customers } from '../customers/customer-table.ts'
import { bytes, currency, instant, money, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, byReference } from '../platform/database/tenant-table.ts'
import { paymentSessions } from './identity-tables.ts'
import { paymentInstruments } from './instruments/instrument-tables.ts'
import { methods } from './method-rules.ts'
import { paymentRunItems } from './runs/run-tables.ts'

export const requestStates = [
  'CREATED',
  'PENDING_AUTHENTICATION',
  'AUTHENTICATED',
  'PREAUTHED',
  'CONSUMED',
  'FAILED',
  'CANCELLED',
] as const

/** One attempt to authorise what a session is about; its token is what operations consume. */
export const paymentRequests = aggregateTable(
  'payment_requests',
  {
    sessionId: ref('session_id').notNull(),
    tokenSha256: bytes('token_sha256').notNull(),
    /** Null until the payer has chosen. */
    method: text('method', { enum: methods }),
    instrumentId: ref('instrument_id'),
    /** Whether the instrument is kept for later purchases. */
    keepInstrument: boolean('keep_instrument').notNull().default(false),
    /** The name under which the provider knows everything that belongs to this request. */
    providerKey: uuid('provider_key').notNull().default(sql`gen_random_uuid()`),
    /** False for an instrument that is known already: it is authorised when the token is used. */
    authorised: boolean('authorised').notNull().default(false),
    state: text('state', { enum: requestStates }).notNull(),
    failure: text('failure', { enum: rejectionReasons }),
    consumedAt: instant('consumed_at'),
    /** The provider was asked to let go of an amount that nobody has used. */
    voidedAt: instant('voided_at'),
  },
  (t) => [
    uniqueIndex('payment_requests_token_unique').on(t.tenantId, t.tokenSha256),
    uniqueIndex('payment_requests_provider_key_unique').on(t.tenantId, t.providerKey),
    uniqueIndex('payment_requests_one_consumed').on(t.tenantId, t.sessionId).where(sql`${t.state} = 'CONSUMED'`),
    index('payment_requests_session').on(t.tenantId, t.sessionId),
    index('payment_requests_to_void')
      .on(t.tenantId, t.id)
      .where(sql`${t.state} = 'CANCELLED' and ${t.voidedAt} is null`),
    check('payment_requests_consumed_at', sql`(${t.state} = 'CONSUMED') = (${t.consumedAt} is not null)`),
    belongsTo(t, t.sessionId, paymentSessions),
    belongsTo(t, t.instrumentId, paymentInstruments),
    byReference(t, t.instrumentId),
  ],
)

/**
 * How the provider collects a payment that is booked already. Its id is that of the credit item, which has amount and
 * allocations: one id names a payment everywhere. Payments in cash and the like have no row, nothing of them is outstanding.
 */
export const payments = aggregateTable(
  'payments',
  {
    customerId: ref('customer_id').notNull(),
    amount: money('amount').notNull(),
    currency: currency('currency').notNull(),
    /** PENDING: booked, and the provider has not confirmed yet that it took the money. */
    state: text('state', { enum: ['PENDING', 'SETTLED', 'FAILED', 'REVERSED'] }).notNull(),
    instrumentId: ref('instrument_id'),
    providerKey: uuid('provider_key').notNull(),
    paymentRequestId: ref('payment_request_id'),
    /** What a payment run has collected it with. */
    runItemId: ref('run_item_id'),
    rejectionReason: text('rejection_reason', { enum: rejectionReasons }),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at'),
  },
  (t) => [
    uniqueIndex('payments_request_unique').on(t.tenantId, t.paymentRequestId),
    uniqueIndex('payments_run_item_unique').on(t.tenantId, t.runItemId),
    uniqueIndex('payments_provider_key_unique').on(t.tenantId, t.providerKey),
    index('payments_customer').on(t.tenantId, t.customerId),
    index('payments_pending').on(t.tenantId, t.nextAttemptAt).where(sql`${t.state} = 'PENDING'`),
    check('payments_pending_has_attempt', sql`(${t.state} = 'PENDING') = (${t.nextAttemptAt} is not null)`),
    belongsTo(t, t.id, creditItems),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.instrumentId, paymentInstruments),
    byReference(t, t.instrumentId),
    belongsTo(t, t.paymentRequestId, paymentRequests),
    belongsTo(t, t.runItemId, paymentRunItems),
  ],
)
