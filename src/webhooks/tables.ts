import { sql } from 'drizzle-orm'
import { type AnyPgColumn, boolean, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, ref } from '../platform/database/columns.ts'
import { outboxEvents } from '../platform/tables.ts'
import { aggregateTable, belongsTo, tenantTable } from '../platform/database/tenant-table.ts'
import { activations, integrations } from '../integrations/tables.ts'

/**
 * Where an integration wants its events. `event_types` null = catch-all for types that no other endpoint names. A
 * DELETED one stays for as long as its deliveries are kept.
 */
export const webhookEndpoints = aggregateTable(
  'webhook_endpoints',
  {
    integrationId: ref('integration_id').notNull(),
    url: text('url').notNull(),
    eventTypes: text('event_types').array(),
    status: text('status', { enum: ['ACTIVE', 'PAUSED', 'DELETED'] }).notNull(),
    /** Never changed afterwards: all attempts of a delivery send the same bytes. */
    extendedPayload: boolean('extended_payload').notNull().default(false),
    /** The runner of a worker that delivers to this endpoint, until `served_until` (real time): order and limit need a single one. */
    servedBy: uuid('served_by'),
    servedUntil: instant('served_until'),
  },
  (t) => [
    index('webhook_endpoints_integration').on(t.tenantId, t.integrationId),
    belongsTo(t, t.integrationId, integrations),
  ],
)

/** One event for one endpoint and activation. `next_attempt_at` is domain time, `lease_until` is real time. */
export const webhookDeliveries = aggregateTable(
  'webhook_deliveries',
  {
    eventId: ref('event_id').notNull(),
    endpointId: ref('endpoint_id').notNull(),
    activationId: ref('activation_id').notNull(),
    state: text('state', { enum: ['PENDING', 'RETRY_WAIT', 'DELIVERED', 'DEAD', 'CANCELLED'] }).notNull(),
    /** Attempts made since the delivery was planned or last replayed. */
    attemptNo: integer('attempt_no').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull(),
    leaseUntil: instant('lease_until'),
    entityId: ref('entity_id').notNull(),
    /** When the state became DELIVERED, DEAD or CANCELLED. */
    finishedAt: instant('finished_at'),
  },
  (t) => [
    uniqueIndex('webhook_deliveries_once').on(t.tenantId, t.eventId, t.endpointId, t.activationId),
    // Finished deliveries are by far the most: the indexes of the work that is left must not carry them.
    index('webhook_deliveries_due').on(t.tenantId, t.nextAttemptAt).where(isOpen(t)),
    index('webhook_deliveries_open').on(t.tenantId, t.endpointId, t.id).where(isOpen(t)),
    index('webhook_deliveries_dead').on(t.tenantId, t.id).where(sql`${t.state} = 'DEAD'`),
    index('webhook_deliveries_finished').on(t.tenantId, t.finishedAt).where(sql`${t.finishedAt} is not null`),
    belongsTo(t, t.eventId, outboxEvents),
    belongsTo(t, t.endpointId, webhookEndpoints),
    belongsTo(t, t.activationId, activations),
  ],
)

function isOpen(t: { readonly state: AnyPgColumn }) {
  return sql`${t.state} in ('PENDING', 'RETRY_WAIT')`
}

export const webhookAttempts = tenantTable(
  'webhook_attempts',
  {
    deliveryId: ref('delivery_id').notNull(),
    no: integer('no').notNull(),
    startedAt: instant('started_at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    httpStatus: integer('http_status'),
    error: text('error'),
    /** The first KiB of what the partner said. */
    answer: text('answer'),
  },
  (t) => [
    index('webhook_attempts_delivery').on(t.tenantId, t.deliveryId, t.id),
    belongsTo(t, t.deliveryId, webhookDeliveries),
  ],
)
