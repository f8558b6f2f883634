import { sql } from 'drizzle-orm'
import type { Tx } from '../../platform/database/database.ts'

/**
 * Taxes claims of contracts anew that wait and whose last day is on or after the first day of a rate. What differs from
 * something booked is put right by its contract before it is booked. The accounts are locked.
 */
export async function retaxWaiting(
  tx: Tx,
  { taxCodeId, validFrom }: { readonly taxCodeId: number; readonly validFrom: Temporal.PlainDate },
  now: Temporal.Instant,
) {
  await tx.execute(sql`
    update debt_claims c set tax = taxed.tax, net = c.amount - taxed.tax, updated_at = ${now.toString()}::timestamptz,
      version = c.version + 1
    from (
      select w.id, round(w.amount * r.rate / (100 + r.rate), palestra_currency_digits(w.currency)) as tax
      from debt_claims w
      cross join lateral (
        select rate from tax_rates
        where tenant_id = w.tenant_id and tax_code_id = w.tax_code_id and valid_from <= coalesce(w.service_to, w.due_date)
        order by valid_from desc limit 1) r
      where w.state = 'SCHEDULED' and w.seq = 0 and w.tax_code_id = ${taxCodeId}
        and coalesce(w.service_to, w.due_date) >= ${validFrom.toString()}::date) taxed
    where c.id = taxed.id and c.tax <> taxed.tax`)
}
