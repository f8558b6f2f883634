import { and, asc, eq, gt, isNotNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import { customerAccounts, taxCodes, taxRates } from '../tables.ts'

/** Which claims that wait are taxed anew: those of a code from a day on, of some customers or due by a day. */
export type Retaxed = { readonly taxCodeId: number; readonly validFrom: Temporal.PlainDate } & (
  | { readonly dueBy: Temporal.PlainDate }
  | { readonly customerIds: readonly number[] }
)

/**
 * Taxes claims of contracts anew that wait and whose last day is on or after the first day of a rate. What differs from
 * something booked is put right by its contract before it is booked. The accounts are locked.
 */
export async function retaxWaiting(tx: Tx, which: Retaxed, now: Temporal.Instant) {
  const { taxCodeId, validFrom } = which
  const some =
    'dueBy' in which
      ? sql`w.due_date <= ${which.dueBy.toString()}::date`
      : sql`w.customer_id = any(${sql.param([...which.customerIds])}::bigint[])`
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
      where w.state = 'SCHEDULED' and w.seq = 0 and w.tax_code_id = ${taxCodeId} and ${some}
        and coalesce(w.service_to, w.due_date) >= ${validFrom.toString()}::date) taxed
    where c.id = taxed.id and c.tax <> taxed.tax`)
}

/** A rate by which some claims that wait are still to be taxed anew. */
export interface UnsettledRate {
  readonly entityId: number
  readonly taxCodeId: number
  readonly validFrom: Temporal.PlainDate
  /** Customers behind this id are still to come. */
  readonly after: number
}

export async function findUnsettledRate(db: Queryable): Promise<UnsettledRate | undefined> {
  const { taxCodeId, validFrom, retaxAfter } = taxRates
  const [row] = await db
    .select({ entityId: taxCodes.entityId, taxCodeId, validFrom, after: retaxAfter })
    .from(taxRates)
    .innerJoin(taxCodes, and(eq(taxCodes.tenantId, taxRates.tenantId), eq(taxCodes.id, taxCodeId)))
    .where(isNotNull(retaxAfter))
    .orderBy(asc(taxCodeId), asc(validFrom))
    .limit(1)
  return row && { ...row, after: row.after ?? 0 }
}

/** The next customers with an account in the books of a rate. */
export async function listNextCustomers(db: Queryable, { entityId, after }: UnsettledRate, limit: number) {
  const { customerId } = customerAccounts
  const rows = await db
    .select({ customerId })
    .from(customerAccounts)
    .where(and(eq(customerAccounts.entityId, entityId), gt(customerId, after)))
    .orderBy(asc(customerId))
    .limit(limit)
  return rows.map((row) => row.customerId)
}

/** Notes how far a rate is; one that was set anew meanwhile begins again. */
export async function recordRetaxed(tx: Tx, { taxCodeId, validFrom, after }: UnsettledRate, reached: number | null) {
  await tx
    .update(taxRates)
    .set({ retaxAfter: reached })
    .where(and(eq(taxRates.taxCodeId, taxCodeId), eq(taxRates.validFrom, validFrom), eq(taxRates.retaxAfter, after)))
}
