import { sql } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import type { webhookDeliveries } from './tables.ts'

/** How one call went and what follows for its delivery. */
export interface AttemptResult {
  readonly deliveryId: number
  /** 1 for the first since the delivery was planned or replayed. */
  readonly no: number
  readonly startedAt: Temporal.Instant
  readonly endedAt: Temporal.Instant
  readonly durationMs: number
  readonly httpStatus: number | null
  readonly error: string | null
  readonly answer: string | null
  readonly state: (typeof webhookDeliveries.$inferSelect)['state']
  readonly nextAttemptAt: Temporal.Instant | null
}

/**
 * Writes down attempts and moves their deliveries on, in one statement. A delivery that was cancelled or taken over in
 * the meantime stays as it is; the attempt is kept all the same. A repeat may follow a commit that nobody learned of: it
 * writes only those attempts that are not there.
 */
export async function saveAttempts(
  tx: Tx,
  results: readonly AttemptResult[],
  { isRepeat }: { readonly isRepeat: boolean },
) {
  const column = <T>(getValue: (result: AttemptResult) => T) => sql.param(results.map(getValue))
  const ids = results.map(({ deliveryId }) => deliveryId)
  const isOver = ({ state }: AttemptResult) => state !== 'RETRY_WAIT'
  await tx.execute(sql`
    with result as (
      select * from unnest(
        ${sql.param(ids)}::bigint[], ${column(({ no }) => no)}::int[],
        ${column(({ startedAt }) => startedAt.toString())}::timestamptz[],
        ${column(({ endedAt }) => endedAt.toString())}::timestamptz[],
        ${column(({ durationMs }) => durationMs)}::int[], ${column(({ httpStatus }) => httpStatus)}::int[],
        ${column(({ error }) => error)}::text[], ${column(({ answer }) => answer)}::text[],
        ${column(({ state }) => state)}::text[],
        ${column(({ nextAttemptAt }) => nextAttemptAt?.toString() ?? null)}::timestamptz[],
        ${column((result) => (isOver(result) ? result.endedAt.toString() : null))}::timestamptz[]
      ) as r (delivery_id, no, started_at, ended_at, duration_ms, http_status, error, answer, state, next_at, over_at)
    ), moved as (
      update webhook_deliveries d
      set state = r.state, attempt_no = r.no, next_attempt_at = coalesce(r.next_at, d.next_attempt_at),
        finished_at = r.over_at, lease_until = null, updated_at = r.ended_at
      from result r
      where d.id = any(${sql.param(ids)}::bigint[]) and d.id = r.delivery_id and d.state in ('PENDING', 'RETRY_WAIT') and d.attempt_no = r.no - 1
    )
    insert into webhook_attempts (delivery_id, no, started_at, duration_ms, http_status, error, answer, created_at)
    select delivery_id, no, started_at, duration_ms, http_status, error, answer, ended_at from result
    ${isRepeat ? whereNew : sql``}`)
}

const whereNew = sql`where not exists (
  select from webhook_attempts a
  where a.delivery_id = result.delivery_id and a.no = result.no and a.started_at = result.started_at)`
