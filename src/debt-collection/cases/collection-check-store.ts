import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'

/** A rule of debt collection, with the row that breaks it. */
export interface CollectionFault {
  readonly rule: string
  readonly id: number
}

const isAnnounced = sql`r.state in ('WAITING_FOR_CONFIRMATION', 'COMPLETED')`

const rules: readonly (readonly [rule: string, broken: SQL])[] = [
  [
    'A customer has as many open cases as the account says.',
    sql`select k.customer_id as id from customer_accounts k where k.open_cases <> (
      select count(*) from collection_cases c join debt_collection_runs r on r.tenant_id = c.tenant_id and r.id = c.run_id
      where c.tenant_id = k.tenant_id and c.customer_id = k.customer_id and c.is_open and ${isAnnounced})`,
  ],
  [
    'What an agency has paid for a debt is what it has last reported.',
    sql`select d.id from collection_debts d where d.paid <> (select coalesce(sum(p.amount - p.corrected), 0)
      from collection_payments p where p.tenant_id = d.tenant_id and p.debt_id = d.id)`,
  ],
  [
    'The payments of agencies are what their shares add up to.',
    sql`select i.id from credit_items i where i.method = 'AGENCY' and i.amount - i.reversed > (
      select coalesce(sum(p.amount - p.corrected), 0) from collection_payments p
      where p.tenant_id = i.tenant_id and p.payment_id = i.id)`,
  ],
  [
    'A claim is with an agency while a case with it is open, and never otherwise.',
    sql`select m.id from debt_claims m where (m.collection_state <> 'NONE') <> exists (
      select from collection_debts d where d.tenant_id = m.tenant_id and d.claim_id = m.id and d.is_open)`,
  ],
  [
    'What agencies owe for a customer is what is assigned to them.',
    sql`select k.customer_id as id from customer_accounts k where (
      select coalesce(sum(p.amount), 0) from postings p
      join ledger_accounts l on l.tenant_id = p.tenant_id and l.id = p.account_id
      where p.tenant_id = k.tenant_id and p.customer_id = k.customer_id and l.role = 'RECEIVABLE_AGENCY') <> (
      select coalesce(sum(d.assigned), 0) from collection_debts d
      where d.tenant_id = k.tenant_id and d.customer_id = k.customer_id)`,
  ],
]

/** Everything in debt collection that does not agree with the books; empty when all of it does. */
export async function checkCollection(db: Queryable): Promise<CollectionFault[]> {
  const faults: CollectionFault[] = []
  for (const [rule, broken] of rules) {
    const rows = await db.select({ id: sql<number>`broken.id::float8` }).from(sql`(${broken}) broken`)
    faults.push(...rows.map(({ id }) => ({ rule, id })))
  }
  return faults
}
