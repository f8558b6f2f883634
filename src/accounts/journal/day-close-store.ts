import { sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database/database.ts'
import { dayCloses, journalEntries, postings } from '../tables.ts'

/** Waits for the entries of a studio that are on their way, and keeps others out until the transaction ends. */
export async function lockDays(tx: Tx, studioId: number) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('palestra.day_close', ${studioId}))`)
}

/** The hash of entries `e` with their postings `p`, of all that a day holds. */
export const dayDigest = sql`sha256(convert_to(coalesce(string_agg(
  concat_ws('|', e.id, e.kind, e.idempotency_key, p.line_no, p.account_id, p.customer_id, p.amount, p.currency),
  E'\\n' order by e.id, p.line_no), ''), 'UTF8'))`

/**
 * Closes the days of a studio up to the given one that are open, oldest first; answers how many. The first close begins
 * with the first entry.
 */
export async function insertCloses(
  tx: Tx,
  { studioId, until }: { readonly studioId: number; readonly until: Temporal.PlainDate },
  now: Temporal.Instant,
): Promise<number> {
  const last = until.toString()
  const { rowCount } = await tx.execute(sql`
    insert into ${dayCloses} (studio_id, day, entry_count, debit_total, sha256, closed_at)
    select ${studioId}, d.day, count(distinct e.id), coalesce(sum(p.amount) filter (where p.amount > 0), 0),
      ${dayDigest},
      ${now.toString()}::timestamptz
    from generate_series(
      coalesce(
        (select max(day) + 1 from ${dayCloses} where studio_id = ${studioId}),
        (select min(booking_date) from ${journalEntries} where studio_id = ${studioId}),
        ${last}::date),
      ${last}::date, interval '1 day') as s(moment)
    cross join lateral (select s.moment::date as day) d
    left join ${journalEntries} e on e.studio_id = ${studioId} and e.booking_date = d.day
    left join ${postings} p on p.tenant_id = e.tenant_id and p.entry_id = e.id
    group by d.day`)
  return rowCount ?? 0
}
