import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { moneyIds, openAccounts } from '../money-world.ts'
import type { BenchRow, Setting } from '../report.ts'
import { ids } from '../world.ts'
import { growthRow, watchGrowth } from './memory.ts'

/** At most so many members, each with one charge of this month; a floor of as many in the same tables. */
const MOST = 100_000
const { books: BOOKS, taxCode } = moneyIds
const GROSS = '29.90, 25.13, 4.77'
const now = 'clock_timestamp()'

/** A night's billing of a studio by the running server, against one statement that writes the same rows. */
export async function measureBilling(setting: Setting): Promise<readonly BenchRow[]> {
  const { client, customers, today, palestra } = setting
  const members = Math.min(customers, MOST)
  await openAccounts(client, members)
  await addClaims(client, members, today.toString())
  const growth = await watchGrowth(palestra.pid)
  const seconds = await bookByServer(client, today.toString())
  const grown = growth()
  await addClaims(client, members, '2999-01-01')
  const floorSeconds = await bookByStatement(client)
  const [ours, floor] = [members / seconds, members / floorSeconds]
  const work = 'Billing run, claims booked, against one INSERT … SELECT'
  const note = `${members} claims`
  return [
    { work, ours, floor, ratio: ours / floor, atLeast: 0.1, aim: 0.4, note },
    growthRow('in a billing run', grown),
  ]
}

async function addClaims(client: pg.Client, members: number, due: string) {
  await client.query(
    `insert into debt_claims (entity_id, studio_id, customer_id, kind, charge_type, description, amount, net, tax,
       tax_code_id, currency, due_date, service_from, service_to, state, open_amount, created_at, updated_at)
     select ${BOOKS}, ${ids.studio}, ${ids.firstCustomer} + n, 'DEBT_CLAIM', 'MEMBERSHIP_CHARGE', 'Membership fee', ${GROSS},
       ${taxCode}, 'EUR', '${due}', '${due}', '${due}', 'SCHEDULED', 29.90, ${now}, ${now}
     from generate_series(0, ${members - 1}) n`,
  )
  await client.query('vacuum analyze debt_claims, customer_accounts, ledger_accounts')
}

/** Seconds from the first step of the run to its end; a server looks for runs every 15 seconds. */
async function bookByServer(client: pg.Client, day: string): Promise<number> {
  await client.query(
    `insert into billing_runs (studio_id, run_date, state, created_at, updated_at)
     values (${ids.studio}, '${day}', 'RUNNING', ${now}, ${now})
     on conflict (tenant_id, studio_id, run_date) do update
     set state = 'RUNNING', completed_at = null, gathered_to = 0, is_gathered = false`,
  )
  const isAt = async (condition: string) => {
    const { rowCount } = await client.query(`select from billing_runs where run_date = '${day}' and ${condition}`)
    return rowCount === 1
  }
  while (!(await isAt('gathered_to > 0'))) await sleep(5)
  const begun = performance.now()
  while (!(await isAt(`state = 'COMPLETED'`))) await sleep(20)
  return (performance.now() - begun) / 1000
}

async function bookByStatement(client: pg.Client): Promise<number> {
  const begun = performance.now()
  await client.query(`
    with due as materialized (select * from debt_claims where state = 'SCHEDULED' and due_date = '2999-01-01'),
    entries as (
      insert into journal_entries (entity_id, studio_id, booking_date, kind, description, idempotency_key, actor, created_at)
      select entity_id, studio_id, due_date, 'CHARGE', description, 'claim:' || id, 'JOB', ${now} from due
      returning id, idempotency_key),
    booked as materialized (
      select due.*, entries.id as entry_id from due join entries on entries.idempotency_key = 'claim:' || due.id),
    lines as (
      insert into postings (entry_id, line_no, account_id, customer_id, claim_id, amount, currency, tax_code_id)
      select entry_id, n, a.id, case when n = 1 then b.customer_id end, b.id, line.amount, b.currency, a.tax_code_id
      from booked b cross join lateral (values (1, 'RECEIVABLE', b.amount), (2, 'REVENUE', -b.net), (3, 'TAX_OUTPUT', -b.tax))
        as line(n, role, amount)
      join ledger_accounts a on a.entity_id = b.entity_id and a.role = line.role)
    update debt_claims c set state = 'POSTED', posted_entry_id = b.entry_id from booked b where c.tenant_id = b.tenant_id and c.id = b.id`)
  return (performance.now() - begun) / 1000
}
