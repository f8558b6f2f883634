import { sql } from 'drizzle-orm'
import { bigint, boolean, index, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytes, currency, instant, money, ref } from '../../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable } from '../../platform/database/tenant-table.ts'
import { studios } from '../../studios/tables.ts'
import { ecomMethods } from '../method-rules.ts'
import { payments } from '../payment-tables.ts'
import { disputeStates } from '../provider.ts'

/** The account at Stripe of a studio, with the keys that staff have given. */
export const stripeAccounts = keyedTable(
  'stripe_accounts',
  {
    studioId: ref('studio_id').notNull(),
    /** As Stripe calls it, `acct_…`. */
    accountId: text('account_id').notNull(),
    /** Whether money moves; false with test keys. */
    live: boolean('live').notNull(),
    publishableKey: text('publishable_key').notNull(),
    secretKeyEnc: bytes('secret_key_enc').notNull(),
    webhookSecretEnc: bytes('webhook_secret_enc').notNull(),
    /** What the account could take when it was connected. */
    methods: text('methods', { enum: ecomMethods }).array().notNull(),
    /** The newest event that the check has read, in seconds since 1970 by the clock of Stripe. */
    seenUntil: bigint('seen_until', { mode: 'number' }),
    nextCheckAt: instant('next_check_at').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'stripe_accounts_pk', columns: [t.tenantId, t.studioId] }),
    index('stripe_accounts_next_check').on(t.tenantId, t.nextCheckAt),
    belongsTo(t, t.studioId, studios),
  ],
)

/** What was begun at Stripe for a key: a row is there before the first call, so that no charge is without one. */
export const stripeIntents = aggregateTable(
  'stripe_intents',
  {
    key: uuid('key').notNull(),
    studioId: ref('studio_id').notNull(),
    accountId: text('account_id').notNull(),
    /** PAYMENT holds or takes money, SETUP stores an instrument. */
    kind: text('kind', { enum: ['PAYMENT', 'SETUP'] }).notNull(),
    amount: money('amount').notNull(),
    currency: currency('currency').notNull(),
    /** As Stripe calls it, `pi_…` or `seti_…`; null until its first answer is stored. */
    intentId: text('intent_id'),
    /** When to ask what has become of its money; null but where Stripe has sent an event before the payment was booked. */
    followAt: instant('follow_at'),
  },
  (t) => [
    uniqueIndex('stripe_intents_key_unique').on(t.tenantId, t.key),
    uniqueIndex('stripe_intents_intent_unique').on(t.tenantId, t.intentId),
    index('stripe_intents_follow').on(t.tenantId, t.followAt).where(sql`${t.followAt} is not null`),
    belongsTo(t, t.studioId, studios),
  ],
)

/** Events of providers that have had their effect. */
export const providerEvents = keyedTable(
  'provider_events',
  {
    provider: text('provider', { enum: ['STRIPE'] }).notNull(),
    eventId: text('event_id').notNull(),
    type: text('type').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'provider_events_pk', columns: [t.tenantId, t.provider, t.eventId] }),
    index('provider_events_age').on(t.tenantId, t.createdAt),
  ],
)

/** A payment that its payer contests at the card scheme: the money is gone until the studio has won. */
export const paymentDisputes = aggregateTable(
  'payment_disputes',
  {
    /** What the provider calls it. */
    providerRef: text('provider_ref').notNull(),
    paymentId: ref('payment_id').notNull(),
    /** What was taken back; 0 where nothing of the payment was left. */
    amount: money('amount').notNull(),
    currency: currency('currency').notNull(),
    state: text('state', { enum: disputeStates }).notNull(),
  },
  (t) => [
    uniqueIndex('payment_disputes_ref_unique').on(t.tenantId, t.providerRef),
    index('payment_disputes_payment').on(t.tenantId, t.paymentId),
    belongsTo(t, t.paymentId, payments),
  ],
)
