import { sql } from 'drizzle-orm'
import { formatActor } from '../platform/units/caller.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { refreshBalances } from './account-store.ts'
import { lockAccountRows, postDueClaims } from './billing/posting-store.ts'
import { clearingRoles, type PaymentMethod } from './payment-rules.ts'
import { allocations, creditItems, debtClaims, journalEntries, ledgerAccounts, postings } from './tables.ts'

/** What has happened to the charges of contracts before a demo begins. Accounts and claims that wait are there. */
export interface PlantedHistory {
  readonly studioIds: readonly number[]
  /** Local date on which the books begin; what fell due earlier is booked on it. */
  readonly from: Temporal.PlainDate
  readonly today: Temporal.PlainDate
  /** How each customer has paid what fell due before today, and for how many of the last days nothing was paid. */
  readonly payers: readonly PlantedPayer[]
}

export interface PlantedPayer {
  readonly customerId: number
  readonly method: Exclude<PaymentMethod, 'AGENCY'>
  readonly unpaidDays: number
  /** As customers read it. */
  readonly description: string
}

/** Books all that fell due until today, each claim on its day, and the payments of it, in a few statements. */
export async function plantHistory(work: UnitOfWork, history: PlantedHistory) {
  const { tx, now, caller } = work
  const customerIds = history.payers.map(({ customerId }) => customerId)
  const actor = formatActor(caller.actor)
  for (const studioId of history.studioIds) {
    await postDueClaims(tx, { studioId, customerIds, dueBy: history.today, bookingDate: history.from, actor }, now)
  }
  await payDues(work, history)
}

/**
 * Lets customers of a demo pay what is open of the charges of their contracts, one payment for each: the same rows that
 * `bookPayment` writes. A payment is booked on the due day of its charge, at the earliest on `from`.
 */
export async function payDues(work: UnitOfWork, { payers, from, today }: Omit<PlantedHistory, 'studioIds'>) {
  const { tx, now, caller } = work
  const customerIds = payers.map(({ customerId }) => customerId)
  await lockAccountRows(tx, customerIds)
  const actor = formatActor(caller.actor)
  const key = sql`'payment:' || ${today.toString()} || ':claim:'`
  const at = sql`${now.toString()}::timestamptz`
  const list = payers.map((payer) => ({ ...payer, role: clearingRoles[payer.method] }))
  await tx.execute(sql`
    with payers as (
      select * from jsonb_to_recordset(${JSON.stringify(list)}::jsonb)
        as p("customerId" bigint, "unpaidDays" int, method text, role text, description text)),
    paid as materialized (
      select c.id, c.entity_id, c.studio_id, c.customer_id, c.open_amount as amount, c.currency, c.due_date, p.method, p.role, p.description
      from ${debtClaims} c join payers p on p."customerId" = c.customer_id
      where c.state = 'POSTED' and c.payer = 'MEMBER' and c.open_amount > 0 and c.contract_id is not null
        and c.collection_state = 'NONE'
        and c.due_date < ${today.toString()}::date - p."unpaidDays"),
    entries as (
      insert into ${journalEntries}
        (entity_id, studio_id, booking_date, kind, description, idempotency_key, actor, created_at)
      select entity_id, studio_id, greatest(due_date, ${from.toString()}::date), 'PAYMENT', description,
        ${key} || id, ${actor}, ${at}
      from paid order by customer_id, due_date, id
      returning id, idempotency_key),
    booked as materialized (
      select paid.*, entries.id as entry_id from paid join entries on entries.idempotency_key = ${key} || paid.id),
    items as (
      insert into ${creditItems}
        (entity_id, studio_id, customer_id, kind, method, value_date, amount, remaining, currency, entry_id, created_at, updated_at)
      select entity_id, studio_id, customer_id, 'PAYMENT', method, due_date, amount, 0, currency, entry_id, ${at}, ${at}
      from booked order by entry_id
      returning id, entry_id),
    lines as (
      insert into ${postings} (entry_id, line_no, account_id, customer_id, credit_item_id, amount, currency)
      select b.entry_id, line.n, a.id, case when line.n = 2 then b.customer_id end, i.id, line.amount, b.currency
      from booked b join items i on i.entry_id = b.entry_id
      cross join lateral (values (1, b.role, b.amount), (2, 'RECEIVABLE', -b.amount)) as line(n, role, amount)
      join ${ledgerAccounts} a on a.entity_id = b.entity_id and a.role = line.role and a.tax_code_id is null),
    settled as (
      insert into ${allocations} (customer_id, claim_id, credit_item_id, amount, created_at)
      select b.customer_id, b.id, i.id, b.amount, ${at} from booked b join items i on i.entry_id = b.entry_id)
    update ${debtClaims} c set open_amount = 0, updated_at = ${at}, version = c.version + 1
    from booked b where c.id = b.id`)
  await refreshBalances(tx, customerIds, now)
}
