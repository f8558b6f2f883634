import { sql } from 'drizzle-orm'
import { defined } from '../values/defined.ts'
import type { RealTime } from '../time/clock.ts'
import type { Database, Tx } from '../database/database.ts'
import { RATE_WINDOW_MS, type RateCaller, type RateLimiter, type RateVerdict } from './rate-limit.ts'

interface StoredWindow {
  readonly windowStart: Temporal.Instant | null
  readonly count: number
  readonly blockedUntil: Temporal.Instant | null
}

/** One counter for all processes: the algorithm of `judgeRate` as a single upsert on an unlogged table. */
export class PostgresRateLimiter implements RateLimiter {
  readonly #database: Database
  readonly #real: RealTime

  constructor(database: Database, real: RealTime) {
    this.#database = database
    this.#real = real
  }

  async count({ demand, ...caller }: RateCaller, operation: string, limit: number): Promise<RateVerdict> {
    const now = this.#real.now()
    const count = (tx: Tx) => countRequest(tx, { ...caller, operation, limit, now })
    const window = await this.#database.transaction(caller.tenantId, count, defined({ demand }))
    const until = window.blockedUntil ?? window.windowStart?.add({ milliseconds: RATE_WINDOW_MS }) ?? now
    return {
      isAccepted: window.blockedUntil === null,
      limit,
      remaining: window.blockedUntil === null ? limit - window.count : 0,
      resetInMs: until.epochMilliseconds - now.epochMilliseconds,
    }
  }
}

interface CountedRequest extends RateCaller {
  readonly operation: string
  readonly limit: number
  readonly now: Temporal.Instant
}

async function countRequest(
  tx: Tx,
  { tenantId, callerId, operation, limit, now }: CountedRequest,
): Promise<StoredWindow> {
  const at = sql`${now.toString()}::timestamptz`
  const minute = sql`interval '1 minute'`
  const isBlocked = sql`w.blocked_until > ${at}`
  const isOver = sql`(w.window_start is null or ${at} >= w.window_start + ${minute})`
  const next = sql`case when ${isOver} then 1 else w.count + 1 end`
  const { rows } = await tx.execute(sql`
    insert into rate_windows as w (tenant_id, caller, operation, window_start, count, blocked_until)
    values (${tenantId}, ${callerId}, ${operation}, ${at}, 1, null)
    on conflict (tenant_id, caller, operation) do update set
      window_start = case when ${isBlocked} then w.window_start when ${next} > ${limit} then null
                          when ${isOver} then ${at} else w.window_start end,
      count = case when ${isBlocked} then w.count when ${next} > ${limit} then 0 else ${next} end,
      blocked_until = case when ${isBlocked} then w.blocked_until when ${next} > ${limit} then ${at} + ${minute} end
    returning window_start, count, blocked_until`)
  const row = rows[0] as { window_start: string | null; count: number; blocked_until: string | null }
  return { windowStart: readInstant(row.window_start), count: row.count, blockedUntil: readInstant(row.blocked_until) }
}

function readInstant(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text)
}
