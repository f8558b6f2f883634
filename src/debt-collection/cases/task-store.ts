import { sql } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'

/** What staff have to look after in debt collection. */
export interface CollectionTask {
  readonly kind: 'RUN_WAITING' | 'REJECTION' | 'LATE_REJECTION' | 'CHANGE_UNREAD'
  /** The run, case or adjustment request. */
  readonly id: number
  readonly customerId: number | null
  readonly reason: string | null
  readonly since: string
}

/** Reasons of rejections that only staff can do something about. */
const forStaff = sql`('MISSING_COMPENSATION_BLOCKING_DUNNING_PROCESS', 'NOTIFICATION_OBLIGATIONS_NOT_POSSIBLE')`

/**
 * What waits for staff: handovers that no agency has confirmed for a day, rejections that need them, cases that were given
 * back untouched after more than two weeks, and changes that no agency has read for a week. Each ends by itself.
 */
export async function listTasks(db: Queryable, now: Temporal.Instant): Promise<CollectionTask[]> {
  const at = sql`${now.toString()}::timestamptz`
  const tasks = sql`
    select 'RUN_WAITING' as kind, r.id, null::bigint as customer, null as reason, r.created_at as since
      from debt_collection_runs r
      where r.state = 'WAITING_FOR_CONFIRMATION' and r.created_at <= ${at} - interval '24 hours'
    union all select 'REJECTION', c.id, c.customer_id, c.closure_reason, c.closed_at
      from collection_cases c join customer_accounts k on k.tenant_id = c.tenant_id and k.customer_id = c.customer_id
      where c.closure_reason in ${forStaff} and k.collection_hold
    union all select 'LATE_REJECTION', c.id, c.customer_id, c.closure_reason, c.closed_at
      from collection_cases c
      join debt_collection_runs r on r.tenant_id = c.tenant_id and r.id = c.run_id
      join customer_accounts k on k.tenant_id = c.tenant_id and k.customer_id = c.customer_id
      where c.closure_reason = 'NO_PROCESSING_AT_ALL' and c.closed_at > r.confirmed_at + interval '14 days'
        and k.collection_hold
    union all select 'CHANGE_UNREAD', a.id, c.customer_id, a.kind, a.created_at
      from case_adjustment_requests a join collection_cases c on c.tenant_id = a.tenant_id and c.id = a.case_id
      where a.state = 'OPEN' and a.created_at <= ${at} - interval '7 days'
  `
  return db
    .select({
      kind: sql<CollectionTask['kind']>`t.kind`,
      id: sql<number>`t.id::float8`,
      customerId: sql<number | null>`t.customer::float8`,
      reason: sql<string | null>`t.reason`,
      since: sql<string>`to_char(t.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
    })
    .from(sql`(${tasks}) t`)
    .orderBy(sql`t.since, t.id`)
}
