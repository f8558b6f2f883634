import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { outboxEvents } from '../platform/tables.ts'
import { activations, integrations } from '../integrations/tables.ts'
import type { PlannedDelivery, ReceivingActivation, ReceivingEndpoint } from './receiver-rules.ts'
import { webhookEndpoints } from './tables.ts'

/** Tenants in whose outbox events wait. */
export async function listTenantsWithEvents(db: Queryable): Promise<readonly number[]> {
  const rows = await db.select({ id: sql<number>`tenant_id` }).from(sql`palestra_tenants_with_outbox()`)
  return rows.map(({ id }) => id)
}

/** Holds the relay of a tenant until the transaction ends: two at once would mix up the order of events. */
export async function tryHoldRelay(tx: Tx, tenantId: number): Promise<boolean> {
  const { rows } = await tx.execute<{ is_held: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('webhook-relay', ${tenantId})) as is_held`,
  )
  return rows[0]?.is_held ?? false
}

/** The oldest events that were not handed to the webhooks yet, held until the transaction ends. */
export function lockWaitingEvents(tx: Tx, limit: number) {
  return tx
    .select({
      id: outboxEvents.id,
      type: outboxEvents.type,
      entityId: outboxEvents.entityId,
      customerId: outboxEvents.customerId,
      audienceStudioIds: outboxEvents.audienceStudioIds,
      onlyIntegrationId: outboxEvents.onlyIntegrationId,
      occurredAt: outboxEvents.occurredAt,
    })
    .from(outboxEvents)
    .where(isNull(outboxEvents.fannedOutAt))
    .orderBy(asc(outboxEvents.id))
    .limit(limit)
    .for('update', { skipLocked: true })
}

export type WaitingEvent = Awaited<ReturnType<typeof lockWaitingEvents>>[number]

export function listReceivingEndpoints(db: Queryable): Promise<ReceivingEndpoint[]> {
  return db
    .select({
      id: webhookEndpoints.id,
      integrationId: webhookEndpoints.integrationId,
      eventTypes: webhookEndpoints.eventTypes,
    })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.status, 'ACTIVE'))
    .orderBy(webhookEndpoints.id)
}

/** Deliveries to suspended activations are planned too: they wait until the activation is resumed. */
export async function listReceivingActivations(
  db: Queryable,
  studioIds: readonly number[],
): Promise<readonly ReceivingActivation[]> {
  const rows = await db
    .select({
      id: activations.id,
      integrationId: activations.integrationId,
      studioId: activations.studioId,
      webhooksEnabledAt: activations.webhooksEnabledAt,
    })
    .from(activations)
    .innerJoin(
      integrations,
      and(eq(integrations.tenantId, activations.tenantId), eq(integrations.id, activations.integrationId)),
    )
    .where(
      and(
        inArray(activations.studioId, [...studioIds]),
        inArray(activations.status, ['ACTIVE', 'SUSPENDED']),
        isNotNull(activations.webhooksEnabledAt),
        eq(integrations.webhookAccess, true),
      ),
    )
    .orderBy(activations.id)
  return rows as ((typeof rows)[number] & ReceivingActivation)[]
}

export interface NewDelivery extends PlannedDelivery {
  readonly event: Pick<WaitingEvent, 'id' | 'entityId' | 'occurredAt'>
}

/** Plans deliveries in the given order, which becomes the order of their ids. Due since the event happened. */
export async function insertDeliveries(tx: Tx, deliveries: readonly NewDelivery[], now: Temporal.Instant) {
  const column = <T>(getValue: (delivery: NewDelivery) => T) => sql.param(deliveries.map(getValue))
  await tx.execute(sql`
    insert into webhook_deliveries
      (event_id, entity_id, endpoint_id, activation_id, next_attempt_at, state, created_at, updated_at)
    select event_id, entity_id, endpoint_id, activation_id, due_at, 'PENDING', ${now.toString()}, ${now.toString()}
    from unnest(
      ${column(({ event }) => event.id)}::bigint[], ${column(({ event }) => event.entityId)}::bigint[],
      ${column(({ endpointId }) => endpointId)}::bigint[], ${column(({ activationId }) => activationId)}::bigint[],
      ${column(({ event }) => event.occurredAt.toString())}::timestamptz[]
    ) with ordinality as planned (event_id, entity_id, endpoint_id, activation_id, due_at, position)
    order by position`)
}

export async function markFannedOut(tx: Tx, eventIds: readonly number[], now: Temporal.Instant) {
  // writes outbox_events: the relay is the reader for whom the platform keeps the outbox
  await tx.execute(sql`
    update outbox_events set fanned_out_at = ${now.toString()} where id = any(${sql.param(eventIds)}::bigint[])`)
}
