import { and, arrayContains, asc, eq, gt, gte, inArray, isNull, lte, not, or, sql } from 'drizzle-orm'
import { isBlockedFor } from '../customers/index.ts'
import type { Queryable } from '../platform/database/database.ts'
import type { EventType } from '../platform/units/events.ts'
import { outboxEvents } from '../platform/tables.ts'

export interface FeedQuery {
  readonly studioId: number
  readonly integrationId: number
  readonly types: readonly EventType[]
  readonly since: Temporal.Instant
  /** Only events after this id. */
  readonly after: number
  /** Only events up to this id. */
  readonly upTo: number
  readonly limit: number
}

const customerAccessDisabled: EventType = 'CUSTOMER_ACCESS_DISABLED'

/** Events that an integration may read in a studio, in the order of their ids. */
export function listFeed(db: Queryable, query: FeedQuery) {
  const { studioId, integrationId, types, since, after, upTo, limit } = query
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
        lte(outboxEvents.id, upTo),
        gte(outboxEvents.occurredAt, since),
        inArray(outboxEvents.type, [...types]),
        arrayContains(outboxEvents.audienceStudioIds, [studioId]),
        or(isNull(outboxEvents.onlyIntegrationId), eq(outboxEvents.onlyIntegrationId, integrationId)),
        or(
          eq(outboxEvents.type, customerAccessDisabled),
          not(isBlockedFor(outboxEvents.customerId, sql.param(integrationId))),
        ),
      ),
    )
    .orderBy(asc(outboxEvents.id))
    .limit(limit)
}

/** An event just before the span, found through the time in its uuid: the feed need not walk over all that is older. */
function lastBefore(since: Temporal.Instant) {
  const time = since.epochMilliseconds.toString(16).padStart(12, '0')
  const first = `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`
  // Null where there is none, which `greatest` passes over; a coalesce around it would keep the key's index from being used.
  return sql`(select o.id from outbox_events o where o.uuid < ${first}::uuid order by o.uuid desc limit 1)`
}

/** How far the feed reaches, and who may still write something before its end. */
export interface FeedEnd {
  readonly lastId: number
  /** Transactions that write events, by their virtual numbers. */
  readonly writers: readonly string[]
}

const writersOfEvents = sql`select virtualtransaction from pg_locks
  where locktype = 'relation' and relation = 'outbox_events'::regclass and mode = 'RowExclusiveLock'
    and database = (select oid from pg_database where datname = current_database()) and pid <> pg_backend_pid()`

/**
 * The last committed event. Events are committed in another order than they are numbered: one with a smaller id can
 * still come, but only from a transaction that is writing events now, because everybody else will get a greater id.
 */
export async function findFeedEnd(db: Queryable): Promise<FeedEnd> {
  const [row] = await db
    .select({
      lastId: sql<number>`coalesce((select id from outbox_events order by id desc limit 1), 0)`,
      writers: sql<string[]>`array(${writersOfEvents})`,
    })
    .from(sql`(select) as one`)
  return row ?? { lastId: 0, writers: [] }
}

/** Whether any of these transactions still runs. */
export async function areWriting(db: Queryable, writers: readonly string[]): Promise<boolean> {
  const rows = await db
    .select({ isWriting: sql`1` })
    .from(sql`(${writersOfEvents}) as writer`)
    .where(sql`virtualtransaction = any(${sql.param(writers)}::text[])`)
    .limit(1)
  return rows.length > 0
}
