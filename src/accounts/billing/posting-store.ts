import { sql } from 'drizzle-orm'
import { customers } from '../../customers/customer-table.ts'
import type { Queryable, Tx } from '../../platform/database/database.ts'
import type { AccountKey } from '../account-store.ts'
import { creditItems, customerAccounts, debtClaims, journalEntries, ledgerAccounts, postings } from '../tables.ts'

/** Locks the accounts of customers, by ascending customer id. */
export async function lockAccountRows(tx: Tx, customerIds: readonly number[]) {
  await tx
    .select({ id: customerAccounts.customerId })
    .from(customerAccounts)
    .where(sql`${customerAccounts.customerId} = any(${sql.param([...customerIds])}::bigint[])`)
    .orderBy(customerAccounts.customerId, customerAccounts.entityId)
    .for('update')
}

export interface DueClaims {
  readonly studioId: number
  readonly customerIds: readonly number[]
  /** The last due date. */
  readonly dueBy: Temporal.PlainDate
  /** Claims that fall due later are booked on their due day. */
  readonly bookingDate: Temporal.PlainDate
  /** Who books, in the short form of the audit log. */
  readonly actor: string
}

export interface PostedClaim extends AccountKey {
  readonly claimId: number
  readonly entryId: number
  readonly homeStudioId: number
  readonly kind: 'CHARGE' | 'CREDIT_NOTE'
  /** Decimal text, above zero. */
  readonly amount: string
  readonly currency: string
}

/**
 * Books everything of these customers that waits and is due: entries, their lines and the state of the claims in one
 * statement, the same rows that `postClaim` writes for one claim. Accounts are locked. A claim whose books lack an account
 * leaves an entry that does not add up, which the commit refuses.
 */
export async function postDueClaims(tx: Tx, due: DueClaims, now: Temporal.Instant): Promise<PostedClaim[]> {
  const at = sql`${now.toString()}::timestamptz`
  const { rows } = await tx.execute<Record<keyof PostedClaim, string>>(sql`
    with due as materialized (
      select c.id, c.entity_id, c.customer_id, c.payer, c.kind, c.due_date, c.description, c.amount, c.net, c.tax, c.tax_code_id,
        c.currency, k.studio_id as home_studio_id
      from ${debtClaims} c join ${customers} k on k.tenant_id = c.tenant_id and k.id = c.customer_id
      where c.customer_id = any(${sql.param([...due.customerIds])}::bigint[]) and c.studio_id = ${due.studioId}
        and c.state = 'SCHEDULED' and c.due_date <= ${due.dueBy.toString()}::date),
    entries as (
      insert into ${journalEntries}
        (entity_id, studio_id, booking_date, kind, description, idempotency_key, actor, created_at)
      select entity_id, ${due.studioId}, greatest(due_date, ${due.bookingDate.toString()}::date),
        case when amount < 0 then 'CREDIT_NOTE' else 'CHARGE' end, description, 'claim:' || id, ${due.actor}, ${at}
      from due order by customer_id, due_date, id
      returning id, idempotency_key, kind),
    booked as materialized (
      select due.*, entries.id as entry_id, entries.kind as entry_kind
      from due join entries on entries.idempotency_key = 'claim:' || due.id),
    lines as (
      insert into ${postings}
        (entry_id, line_no, account_id, customer_id, claim_id, amount, currency, tax_code_id)
      select b.entry_id, row_number() over (partition by b.entry_id order by line.n), a.id,
        case when line.n = 1 and b.payer = 'MEMBER' then b.customer_id end, b.id, line.amount, b.currency,
        case when line.taxed then b.tax_code_id end
      from booked b cross join lateral (values
        (1, 'RECEIVABLE', false, b.amount),
        (2, case when b.tax_code_id is not null then 'REVENUE' when b.kind = 'DUNNING_FEE' then 'DUNNING_INCOME'
          else 'FEE_INCOME' end, b.tax_code_id is not null, -b.net),
        (3, 'TAX_OUTPUT', true, -b.tax)) as line(n, role, taxed, amount)
      join ${ledgerAccounts} a on a.entity_id = b.entity_id and a.role = line.role
        and coalesce(a.tax_code_id, 0) = case when line.taxed then coalesce(b.tax_code_id, 0) else 0 end
      where line.amount <> 0),
    posted as (
      update ${debtClaims} c
      set state = 'POSTED', posted_entry_id = b.entry_id, updated_at = ${at}, version = c.version + 1
      from booked b where c.id = b.id)
    select id as "claimId", entry_id as "entryId", customer_id as "customerId", entity_id as "entityId",
      home_studio_id as "homeStudioId", entry_kind as "kind", abs(amount)::text as "amount", currency
    from booked order by entry_id`)
  return rows.map(({ claimId, entryId, customerId, entityId, homeStudioId, kind, amount, currency }) => ({
    claimId: Number(claimId),
    entryId: Number(entryId),
    customerId: Number(customerId),
    entityId: Number(entityId),
    homeStudioId: Number(homeStudioId),
    kind: kind as PostedClaim['kind'],
    amount,
    currency,
  }))
}

/** Those of these customers who have credit that could settle something. */
export async function listWithCredit(db: Queryable, customerIds: readonly number[]) {
  const ids = sql`${sql.param([...customerIds])}::bigint[]`
  return db
    .select({
      customerId: sql<number>`held.customer_id::float8`,
      entityId: sql<number>`held.entity_id::float8`,
      currency: sql<string>`held.currency`,
    })
    .from(sql`(
      select i.customer_id, i.entity_id, i.currency from ${creditItems} i
      where i.customer_id = any(${ids}) and i.remaining <> 0
      union select c.customer_id, c.entity_id, c.currency from ${debtClaims} c
      where c.customer_id = any(${ids}) and c.state = 'POSTED' and c.open_amount < 0) held`)
    .orderBy(sql`held.customer_id`)
}
