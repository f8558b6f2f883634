import { and, asc, desc, eq, exists, gte, inArray, lt, lte, ne, notExists, type SQL, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { outboxEvents } from '../platform/tables.ts'
import { activations } from '../integrations/tables.ts'
import { webhookAttempts, webhookDeliveries, webhookEndpoints } from './tables.ts'

export type DeliveryState = (typeof webhookDeliveries.$inferSelect)['state']

/** Deliveries as staff search them; every field narrows. The span is that of the events, `until` exclusive. */
export interface DeliveryFilter {
  readonly ids?: readonly number[]
  readonly states?: readonly DeliveryState[]
  readonly integrationId?: number
  readonly endpointId?: number
  readonly activationId?: number
  readonly entityId?: number
  readonly eventType?: string
  readonly eventUuid?: string
  readonly from?: Temporal.Instant
  readonly until?: Temporal.Instant
}

const joinsEvent = and(
  eq(outboxEvents.tenantId, webhookDeliveries.tenantId),
  eq(outboxEvents.id, webhookDeliveries.eventId),
)
const joinsEndpoint = and(
  eq(webhookEndpoints.tenantId, webhookDeliveries.tenantId),
  eq(webhookEndpoints.id, webhookDeliveries.endpointId),
)

function matches(filter: DeliveryFilter): (SQL | undefined)[] {
  const when = <T>(value: T | undefined, condition: (value: T) => SQL) =>
    value === undefined ? undefined : condition(value)
  return [
    when(filter.ids, (ids) => inArray(webhookDeliveries.id, [...ids])),
    when(filter.states, (states) => inArray(webhookDeliveries.state, [...states])),
    when(filter.integrationId, (id) => eq(webhookEndpoints.integrationId, id)),
    when(filter.endpointId, (id) => eq(webhookDeliveries.endpointId, id)),
    when(filter.activationId, (id) => eq(webhookDeliveries.activationId, id)),
    when(filter.entityId, (id) => eq(webhookDeliveries.entityId, id)),
    when(filter.eventType, (type) => eq(outboxEvents.type, type)),
    when(filter.eventUuid, (uuid) => eq(outboxEvents.uuid, uuid)),
    when(filter.from, (from) => gte(outboxEvents.occurredAt, from)),
    when(filter.until, (until) => lt(outboxEvents.occurredAt, until)),
  ]
}

/** Deliveries that match, newest first, below the id `before`. */
export function listDeliveries(
  db: Queryable,
  filter: DeliveryFilter,
  { limit, before }: { readonly limit: number; readonly before?: number },
) {
  return db
    .select({
      id: webhookDeliveries.id,
      state: webhookDeliveries.state,
      attemptNo: webhookDeliveries.attemptNo,
      nextAttemptAt: webhookDeliveries.nextAttemptAt,
      finishedAt: webhookDeliveries.finishedAt,
      endpointId: webhookDeliveries.endpointId,
      url: webhookEndpoints.url,
      activationId: webhookDeliveries.activationId,
      eventId: webhookDeliveries.eventId,
      uuid: outboxEvents.uuid,
      type: outboxEvents.type,
      entityId: webhookDeliveries.entityId,
      occurredAt: outboxEvents.occurredAt,
    })
    .from(webhookDeliveries)
    .innerJoin(outboxEvents, joinsEvent)
    .innerJoin(webhookEndpoints, joinsEndpoint)
    .where(and(...matches(filter), before === undefined ? undefined : lt(webhookDeliveries.id, before)))
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit)
}

export type DeliveryRow = Awaited<ReturnType<typeof listDeliveries>>[number]

/** Every call of a delivery, oldest first, those before a replay included. */
export function listAttempts(db: Queryable, deliveryId: number) {
  return db
    .select()
    .from(webhookAttempts)
    .where(eq(webhookAttempts.deliveryId, deliveryId))
    .orderBy(asc(webhookAttempts.id))
}

/** Only what is finished, and whose partner may still be called, can be delivered again. */
const isReplayable = (db: Queryable) =>
  and(
    inArray(webhookDeliveries.state, ['DEAD', 'DELIVERED']),
    ne(webhookEndpoints.status, 'DELETED'),
    exists(
      db
        .select({ id: activations.id })
        .from(activations)
        .where(
          and(
            eq(activations.tenantId, webhookDeliveries.tenantId),
            eq(activations.id, webhookDeliveries.activationId),
            inArray(activations.status, ['ACTIVE', 'SUSPENDED']),
          ),
        ),
    ),
  )

/** The oldest deliveries that match and may be replayed. */
export async function listReplayable(db: Queryable, filter: DeliveryFilter, limit: number): Promise<number[]> {
  const rows = await db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .innerJoin(outboxEvents, joinsEvent)
    .innerJoin(webhookEndpoints, joinsEndpoint)
    .where(and(...matches(filter), isReplayable(db)))
    .orderBy(asc(webhookDeliveries.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Starts deliveries over, as if they had just been planned; answers those that nobody else replayed meanwhile. */
export async function replayRows(tx: Tx, ids: readonly number[], now: Temporal.Instant): Promise<number[]> {
  const rows = await tx
    .update(webhookDeliveries)
    .set({ state: 'PENDING', attemptNo: 0, nextAttemptAt: now, finishedAt: null, updatedAt: now })
    .where(
      and(
        sql`${webhookDeliveries.id} = any(${sql.param(ids)}::bigint[])`,
        inArray(webhookDeliveries.state, ['DEAD', 'DELIVERED']),
      ),
    )
    .returning({ id: webhookDeliveries.id })
  return rows.map(({ id }) => id)
}

/** When the delivery was finished that has been finished for longest. */
export async function findOldestFinished(db: Queryable): Promise<Temporal.Instant | undefined> {
  const [row] = await db
    .select({ at: webhookDeliveries.finishedAt })
    .from(webhookDeliveries)
    .where(sql`${webhookDeliveries.finishedAt} is not null`)
    .orderBy(asc(webhookDeliveries.finishedAt))
    .limit(1)
  return row?.at ?? undefined
}

/** Deletes deliveries finished at or before `finishedBy`, with their attempts; answers how many it took. */
export async function deleteExpired(tx: Tx, finishedBy: Temporal.Instant, limit: number): Promise<number> {
  const expired = await tx
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(lte(webhookDeliveries.finishedAt, finishedBy))
    .orderBy(asc(webhookDeliveries.finishedAt))
    .limit(limit)
    .for('update', { skipLocked: true })
  const ids = sql.param(expired.map(({ id }) => id))
  await tx.delete(webhookAttempts).where(sql`${webhookAttempts.deliveryId} = any(${ids}::bigint[])`)
  await tx.delete(webhookDeliveries).where(sql`${webhookDeliveries.id} = any(${ids}::bigint[])`)
  return expired.length
}

/** Deletes deleted endpoints of which no delivery is left. */
export async function deleteForgottenEndpoints(tx: Tx) {
  const remaining = tx.select({ id: webhookDeliveries.id }).from(webhookDeliveries).where(joinsEndpoint)
  await tx.delete(webhookEndpoints).where(and(eq(webhookEndpoints.status, 'DELETED'), notExists(remaining)))
}
