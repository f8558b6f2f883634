import { boolean, index, primaryKey, text } from 'drizzle-orm/pg-core'
import { customers } from '../customers/customer-table.ts'
import { id, instant, ref } from '../platform/database/columns.ts'
import { aggregateTable, belongsTo, keyedTable, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { integrations } from '../integrations/tables.ts'

/** In the order in which they are listed. */
export const messageCategories = ['CONTRACT', 'GENERAL', 'APPOINTMENT', 'NEWSLETTER', 'LOYALTY_PROGRAM'] as const
/** In the order in which they are listed. */
export const channels = ['LETTER', 'EMAIL', 'TEXT_MESSAGE', 'PHONE', 'FAX', 'CONVERSATION', 'CHAT', 'OTHER'] as const

/** What a studio offers per category and channel, and what counts without a customer's own choice. */
export const commConfigs = keyedTable(
  'comm_configs',
  {
    studioId: ref('studio_id').notNull(),
    category: text('category', { enum: messageCategories }).notNull(),
    channel: text('channel', { enum: channels }).notNull(),
    available: boolean('available').notNull(),
    defaultActive: boolean('default_active').notNull(),
    customerOverridable: boolean('customer_overridable').notNull(),
  },
  (t) => [
    primaryKey({ name: 'comm_configs_pk', columns: [t.tenantId, t.studioId, t.category, t.channel] }),
    belongsTo(t, t.studioId, studios),
  ],
)

export const customerCommPreferences = keyedTable(
  'customer_comm_preferences',
  {
    customerId: ref('customer_id').notNull(),
    category: text('category', { enum: messageCategories }).notNull(),
    channel: text('channel', { enum: channels }).notNull(),
    active: boolean('active').notNull(),
    source: text('source').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'customer_comm_preferences_pk', columns: [t.tenantId, t.customerId, t.category, t.channel] }),
    belongsTo(t, t.customerId, customers),
  ],
)

/** Proof of consent: one line per change, never altered. */
export const consentLog = keyedTable(
  'consent_log',
  {
    id: id(),
    customerId: ref('customer_id').notNull(),
    category: text('category', { enum: messageCategories }).notNull(),
    channel: text('channel', { enum: channels }).notNull(),
    oldActive: boolean('old_active').notNull(),
    newActive: boolean('new_active').notNull(),
    actor: text('actor').notNull(),
    integrationId: ref('integration_id'),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'consent_log_pk', columns: [t.tenantId, t.id] }),
    index('consent_log_customer').on(t.tenantId, t.customerId, t.at),
    belongsTo(t, t.customerId, customers),
  ],
)

export const threadStatuses = ['CREATED', 'ONGOING', 'CLOSED'] as const
export const directions = ['INCOMING', 'OUTGOING'] as const

/** A conversation with a customer. `integration_id` = who began it, absent for staff; `subject` is the latest one. */
export const communicationThreads = aggregateTable(
  'communication_threads',
  {
    customerId: ref('customer_id').notNull(),
    status: text('status', { enum: threadStatuses }).notNull(),
    subject: text('subject').notNull(),
    ticketNumber: text('ticket_number'),
    /** Shown, never fetched. */
    ticketLink: text('ticket_link'),
    agent: text('agent'),
    integrationId: ref('integration_id'),
  },
  (t) => [
    index('communication_threads_customer').on(t.tenantId, t.customerId, t.id),
    index('communication_threads_ticket').on(t.tenantId, t.ticketNumber),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.integrationId, integrations),
  ],
)

/** One message or call in a conversation; plain text, never altered. */
export const communications = tenantTable(
  'communications',
  {
    threadId: ref('thread_id').notNull(),
    customerId: ref('customer_id').notNull(),
    direction: text('direction', { enum: directions }).notNull(),
    channel: text('channel', { enum: channels }).notNull(),
    subject: text('subject').notNull(),
    content: text('content').notNull(),
    agent: text('agent'),
    occurredAt: instant('occurred_at').notNull(),
  },
  (t) => [
    index('communications_thread').on(t.tenantId, t.threadId, t.id),
    index('communications_customer').on(t.tenantId, t.customerId, t.occurredAt.desc()),
    belongsTo(t, t.threadId, communicationThreads),
    belongsTo(t, t.customerId, customers),
  ],
)
