import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { customers } from '../customers/customer-table.ts'
import { activations } from '../integrations/tables.ts'
import { bytes, currency, instant, money, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, byReference, keyedTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { ecomMethods, memberMethods, methods } from './method-rules.ts'
import { providerNames } from './provider.ts'

/** What a studio lets people pay with. A studio without a row has no payments. */
export const paymentSettings = keyedTable(
  'payment_settings',
  {
    studioId: ref('studio_id').notNull(),
    active: boolean('active').notNull().default(true),
    /** Who takes cards and wallets. */
    provider: text('provider', { enum: providerNames }).notNull().default('SANDBOX'),
    /** How a membership is paid. */
    memberMethods: text('member_methods', { enum: memberMethods }).array().notNull(),
    /** How a single purchase is paid. */
    ecomMethods: text('ecom_methods', { enum: ecomMethods }).array().notNull(),
    /** How long a session lasts. */
    sessionMinutes: integer('session_minutes').notNull().default(60),
    /** Web origins whose pages may ask the gateway and show the hosted page. */
    allowedOrigins: text('allowed_origins').array().notNull().default(sql`'{}'`),
    /** What payers agree to with a direct debit; null: the text of the house. */
    mandateText: text('mandate_text'),
    /** Who collects direct debits, as the bank knows the creditor. */
    creditorId: text('creditor_id'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'payment_settings_pk', columns: [t.tenantId, t.studioId] }),
    check('payment_settings_session_length', sql`${t.sessionMinutes} between 5 and 1440`),
    belongsTo(t, t.studioId, studios),
  ],
)

/** A payer as clients and the gateway know him, before he is a customer and after. */
export const paymentIdentities = keyedTable(
  'payment_identities',
  {
    id: uuid('id').notNull().default(sql`gen_random_uuid()`),
    /** Where the identity was first seen. */
    studioId: ref('studio_id').notNull(),
    customerId: ref('customer_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'payment_identities_pk', columns: [t.tenantId, t.id] }),
    uniqueIndex('payment_identities_customer_unique').on(t.tenantId, t.customerId),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.customerId, customers),
  ],
)

/** A right to authorise one payment or one instrument in a browser, for a short time. */
export const paymentSessions = aggregateTable(
  'payment_sessions',
  {
    tokenSha256: bytes('token_sha256').notNull(),
    studioId: ref('studio_id').notNull(),
    identity: uuid('identity').notNull(),
    customerId: ref('customer_id'),
    /** With which the session was opened; null: the demo. */
    activationId: ref('activation_id'),
    scope: text('scope', { enum: ['MEMBER_ACCOUNT', 'ECOM'] }).notNull(),
    amount: money('amount').notNull(),
    currency: currency('currency').notNull(),
    /** What was offered when the session was opened. */
    methods: text('methods', { enum: methods }).array().notNull(),
    referenceText: text('reference_text').notNull(),
    requireSignature: boolean('require_signature').notNull(),
    showExisting: boolean('show_existing').notNull(),
    validUntil: instant('valid_until').notNull(),
    /** LOCKED: too many refused attempts; nothing more can be authorised in it. */
    state: text('state', { enum: ['OPEN', 'CONSUMED', 'EXPIRED', 'LOCKED'] }).notNull(),
    failedAttempts: integer('failed_attempts').notNull().default(0),
  },
  (t) => [
    // Across tenants on purpose: the token decides which tenant is meant.
    uniqueIndex('payment_sessions_token_unique').on(t.tokenSha256),
    index('payment_sessions_open').on(t.tenantId, t.validUntil).where(sql`${t.state} in ('OPEN', 'LOCKED')`),
    index('payment_sessions_identity').on(t.tenantId, t.identity),
    check('payment_sessions_amount', sql`${t.amount} between 0 and 99999.99`),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.customerId, customers),
    byReference(t, t.customerId),
    belongsTo(t, t.activationId, activations),
    belongsTo(t, t.identity, paymentIdentities),
  ],
)
