import { and, eq, isNull, sql } from 'drizzle-orm'
import { contracts } from '../contracts/tables.ts'
import type { Queryable } from '../platform/database/database.ts'

/**
 * Whether a contract of the customer that is in force on the day has a rate with this code, as it was when the contract
 * or its phase was signed. A pause changes nothing.
 */
export async function hasRateCode(
  db: Queryable,
  {
    customerId,
    code,
    today,
  }: { readonly customerId: number; readonly code: string; readonly today: Temporal.PlainDate },
): Promise<boolean> {
  const day = sql`${today.toString()}::date`
  const lastDay = sql`palestra_last_day((select n.to_date from contract_cancelations n
    where n.contract_id = ${contracts.id} and n.state in ('EFFECTIVE', 'WITHDRAWAL_PENDING')),
    ${contracts.snapshot}, ${contracts.committedEnd})`
  const phase = sql`(select p.snapshot from contract_phases p where p.contract_id = ${contracts.id}
    and (p.from_date <= ${day} or p.seq = 0) order by p.seq desc limit 1)`
  const rows = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(
      and(
        eq(contracts.customerId, customerId),
        isNull(contracts.voidedAt),
        sql`coalesce(${contracts.preUseDate}, ${contracts.startDate}) <= ${day}`,
        sql`coalesce(${lastDay} >= ${day}, true)`,
        sql`${phase} -> 'rateCodes' @> jsonb_build_array(jsonb_build_object('identifier', ${code}::text))`,
      ),
    )
    .limit(1)
  return rows.length > 0
}
