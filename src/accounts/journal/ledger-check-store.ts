import { type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { dayCloses, journalEntries, postings } from '../tables.ts'
import { dayDigest } from './day-close-store.ts'

/** A rule of the books, with the rows that break it. */
export interface LedgerRule {
  readonly rule: string
  readonly find: (db: Queryable) => Promise<{ readonly id: number }[]>
}

/** A rule, and a select of the ids that break it. */
export const rows = (rule: string, broken: SQL): LedgerRule => ({
  rule,
  find: (db) => db.select({ id: sql<number>`broken.id::float8` }).from(sql`(${broken}) broken`).orderBy(sql`broken.id`),
})

const settled = sql`(select coalesce(sum(a.amount), 0) from allocations a
  where a.tenant_id = c.tenant_id and a.claim_id = c.id)`
const given = sql`(select coalesce(sum(a.amount), 0) from allocations a
  where a.tenant_id = c.tenant_id and a.credit_claim_id = c.id)`
const used = sql`(select coalesce(sum(a.amount), 0) from allocations a
  where a.tenant_id = i.tenant_id and a.credit_item_id = i.id)`

/** What stands on the accounts of a role for the account of a customer. */
const booked = (role: 'RECEIVABLE' | 'CONSUMPTION_CREDIT') => sql`(select coalesce(sum(p.amount), 0) from postings p
  join ledger_accounts l on l.tenant_id = p.tenant_id and l.id = p.account_id
  where p.tenant_id = k.tenant_id and p.customer_id = k.customer_id
    and l.entity_id = k.entity_id and l.role = ${role})`

export const readChecks: readonly LedgerRule[] = [
  rows(
    'An entry has two lines or more, in one currency, that add up to zero.',
    sql`select e.id from journal_entries e left join postings p on p.tenant_id = e.tenant_id and p.entry_id = e.id
      group by e.id having count(p.entry_id) < 2 or count(distinct p.currency) <> 1 or sum(p.amount) <> 0`,
  ),
  rows(
    'What is open of a claim is its amount less what was allocated to it.',
    sql`select c.id from debt_claims c where c.open_amount <> c.amount - ${settled} + ${given}`,
  ),
  rows(
    'A claim is settled no further than its amount.',
    sql`select c.id from debt_claims c
      where c.open_amount < least(c.amount, 0) or c.open_amount > greatest(c.amount, 0)`,
  ),
  rows(
    'What is left of a credit is its amount less what it has settled and what was taken back.',
    sql`select i.id from credit_items i where i.remaining <> i.amount - i.reversed - ${used}`,
  ),
  rows(
    'The balance is what is left of credits less what is open of claims, and what the journal says.',
    sql`select k.customer_id as id from customer_accounts k where k.balance <> -${booked('RECEIVABLE')}
      or k.balance <> (select coalesce(sum(i.remaining), 0) from credit_items i
          where i.tenant_id = k.tenant_id and i.customer_id = k.customer_id and i.entity_id = k.entity_id)
        - (select coalesce(sum(c.open_amount), 0) from debt_claims c where c.tenant_id = k.tenant_id
          and c.customer_id = k.customer_id and c.entity_id = k.entity_id and c.payer = 'MEMBER' and c.state = 'POSTED')`,
  ),
  rows(
    'Consumption credit is what the journal says.',
    sql`select k.customer_id as id from customer_accounts k
      where k.consumption_credit <> -${booked('CONSUMPTION_CREDIT')}`,
  ),
  rows(
    'Consumption credit is not below what the legal entity lends.',
    sql`select k.customer_id as id from customer_accounts k
      join legal_entities l on l.tenant_id = k.tenant_id and l.id = k.entity_id
      where k.consumption_credit < -l.overdraft_limit`,
  ),
  rows(
    'An entry charges one claim.',
    sql`select c.id from debt_claims c
      join journal_entries e on e.tenant_id = c.tenant_id and e.id = c.posted_entry_id and e.kind in ('CHARGE', 'CREDIT_NOTE')
      where exists (select from debt_claims other where other.tenant_id = c.tenant_id
        and other.posted_entry_id = c.posted_entry_id and other.id <> c.id)`,
  ),
  rows(
    'What was taken back of a payment is what the journal says.',
    sql`select i.id from credit_items i where i.kind = 'PAYMENT' and i.amount - i.reversed <> (
      select coalesce(-sum(p.amount), 0) from postings p join ledger_accounts l on l.tenant_id = p.tenant_id and l.id = p.account_id
      where p.tenant_id = i.tenant_id and p.credit_item_id = i.id and l.role = 'RECEIVABLE')`,
  ),
  rows(
    'A day of a studio that is closed holds what it held then.',
    sql`select distinct d.studio_id as id from ${dayCloses} d where d.sha256 <> (select ${dayDigest}
      from ${journalEntries} e join ${postings} p on p.tenant_id = e.tenant_id and p.entry_id = e.id
      where e.tenant_id = d.tenant_id and e.studio_id = d.studio_id and e.booking_date = d.day)`,
  ),
  rows(
    'A claim that is booked has an entry of its amount.',
    sql`select c.id from debt_claims c where c.state = 'POSTED' and not exists (
      select from postings p where p.tenant_id = c.tenant_id and p.entry_id = c.posted_entry_id
        and p.claim_id = c.id and p.amount = c.amount)`,
  ),
  rows(
    'What a payment run collects just now is open, and no agency has it.',
    sql`select c.id from debt_claims c
      where c.in_flight_item_id is not null and (c.collection_state <> 'NONE' or c.open_amount <= 0)`,
  ),
  rows(
    'There is no credit beside a claim that it could settle.',
    sql`select k.customer_id as id from customer_accounts k
      where exists (select from debt_claims c where c.tenant_id = k.tenant_id and c.customer_id = k.customer_id
          and c.entity_id = k.entity_id and c.payer = 'MEMBER' and c.state = 'POSTED' and c.open_amount > 0
          and c.collection_state = 'NONE' and c.in_flight_item_id is null)
        and (exists (select from credit_items i where i.tenant_id = k.tenant_id and i.customer_id = k.customer_id
            and i.entity_id = k.entity_id and i.remaining > 0)
          or exists (select from debt_claims n where n.tenant_id = k.tenant_id and n.customer_id = k.customer_id
            and n.entity_id = k.entity_id and n.payer = 'MEMBER' and n.state = 'POSTED' and n.open_amount < 0))`,
  ),
]
