import { and, arrayContains, asc, eq, gt, gte, inArray, isNull, notExists, or, sql } from 'drizzle-orm'
import { customerIntegrationBlocks } from '../customers/tables.ts'
import type { Queryable } from '../platform/database.ts'
import type { EventType } from '../platform/events.ts'
import { outboxEvents } from '../platform/tables.ts'

export interface FeedQuery {
  readonly studioId: number
  readonly integrationId: number
  readonly types: readonly EventType[]
  readonly since: Temporal.Instant
  /** Only events after this id. */
  readonly after: number
  readonly limit: number
}

const customerAccessDisabled: EventType = 'CUSTOMER_ACCESS_DISABLED'

/** Events that an integration may read in a studio, in the order of their ids. */
export function listFeed(db: Queryable, query: FeedQuery) {
  const { studioId, integrationId, types, since, after, limit } = query
  return db
    .select({
      id: outboxEvents.id,
      uuid: outboxEvents.uuid,
      type: sql<EventType>`${outboxEvents.type}`,
      entityId: outboxEvents.entityId,
      content: outboxEvents.content,
      occurredAt: outboxEvents.occurredAt,
    })
    .from(outboxEvents)
    .where(
      and(
        gt(outboxEvents.id, sql`greatest(${after}::bigint, ${lastBefore(since)})`),
        gte(outboxEvents.occurredAt, since),
        inArray(outboxEvents.type, [...types]),
        arrayContains(outboxEvents.audienceStudioIds, [studioId]),
        or(isNull(outboxEvents.onlyIntegrationId), eq(outboxEvents.onlyIntegrationId, integrationId)),
        or(eq(outboxEvents.type, customerAccessDisabled), notExists(blockOf(db, integrationId))),
        isSettled,
      ),
    )
    .orderBy(asc(outboxEvents.id))
    .limit(limit)
}

/**
 * Nothing that still runs can commit an event with a smaller id: who continues after the last id that it saw misses
 * nothing. `age` compares transaction numbers beyond their wrap-around.
 */
const isSettled = sql`age(${outboxEvents}.xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid)`

/** An event just before the span, found through the time in its uuid: the feed need not walk over all that is older. */
function lastBefore(since: Temporal.Instant) {
  const time = since.epochMilliseconds.toString(16).padStart(12, '0')
  const first = `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
  return sql`coalesce((select o.id from outbox_events o where o.uuid < ${first}::uuid order by o.uuid desc limit 1), 0)`
}

function blockOf(db: Queryable, integrationId: number) {
  return db
    .select({ id: customerIntegrationBlocks.id })
    .from(customerIntegrationBlocks)
    .where(
      and(
        eq(customerIntegrationBlocks.customerId, outboxEvents.customerId),
        eq(customerIntegrationBlocks.integrationId, integrationId),
      ),
    )
}
