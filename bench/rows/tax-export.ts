import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { moneyIds, openAccounts } from '../money-world.ts'
import type { BenchRow, Setting } from '../report.ts'
import { ids } from '../world.ts'
import { growthRow, watchGrowth } from './memory.ts'

/** Entries of a month. */
const ENTRIES = 100_000
const formats = ['XLSX', 'CSV'] as const
const now = 'clock_timestamp()'

/** The journal of a month as files for the tax advisor, written by the running server. */
export async function measureTaxExport(setting: Setting): Promise<readonly BenchRow[]> {
  const { client, today, palestra } = setting
  const month = today.subtract({ months: 2 }).with({ day: 1 })
  const days = [month, month.add({ months: 1 }).subtract({ days: 1 })] as const
  await addEntries(setting, month)
  await client.query(
    `insert into day_closes (studio_id, day, entry_count, debit_total, sha256, closed_at)
     values (${ids.studio}, '${days[1]}', 0, 0, '', ${now}) on conflict do nothing`,
  )
  const rows: BenchRow[] = []
  for (const format of formats) {
    const growth = await watchGrowth(palestra.pid)
    const begun = performance.now()
    await awaitExport(client, format, days)
    const seconds = (performance.now() - begun) / 1000
    const note = `${ENTRIES} entries in ${seconds.toFixed(1)} s`
    rows.push({ ...growthRow(`while a tax export is written as ${format}`, growth()), note })
  }
  return rows
}

async function addEntries({ client, customers }: Setting, month: Temporal.PlainDate) {
  const { books, taxCode } = moneyIds
  await openAccounts(client, customers)
  const account = (role: string) =>
    `(select id from ledger_accounts where entity_id = ${books} and role = '${role}' limit 1)`
  const entry = '(900000000 + n)'
  const lines = `(1, ${account('RECEIVABLE')}, ${ids.firstCustomer} + n % ${customers}, 29.90, null::bigint),
    (2, ${account('REVENUE')}, null::bigint, -25.13, ${taxCode}), (3, ${account('TAX_OUTPUT')}, null::bigint, -4.77, ${taxCode})`
  await client.query('set session_replication_role = replica')
  for (const statement of [
    `insert into journal_entries (id, entity_id, studio_id, booking_date, kind, description, idempotency_key, actor, created_at)
     select ${entry}, ${books}, ${ids.studio}, date '${month}' + n % 28, 'CHARGE', 'Membership fee', 'bench:' || n, 'bench', ${now}
     from generate_series(0, ${ENTRIES - 1}) n`,
    `insert into postings (entry_id, line_no, account_id, customer_id, amount, currency, tax_code_id)
     select ${entry}, line.* from generate_series(0, ${ENTRIES - 1}) n cross join lateral (
       select no, account, customer, amount, 'EUR', code from (values ${lines}) as v(no, account, customer, amount, code)) line`,
  ]) {
    await client.query(statement)
  }
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze journal_entries, postings')
}

/** As staff ask for it; the server is woken. */
async function awaitExport(client: pg.Client, format: string, [from, to]: readonly Temporal.PlainDate[]) {
  const { rows } = await client.query<{ id: string }>(
    `insert into tax_exports (studio_id, from_date, to_date, format, file_format, state, created_at, updated_at)
     values (${ids.studio}, '${from}', '${to}', 'SINGLE', '${format}', 'CREATED', ${now}, ${now}) returning id`,
  )
  await client.query(`select pg_notify('palestra_jobs', '${ids.tenant}')`)
  for (;;) {
    const { rows: found } = await client.query(`select state from tax_exports where id = ${rows[0]?.id}`)
    if (found[0]?.state === 'READY') return
    if (found[0]?.state === 'FAILED') throw new Error('The export has failed.')
    await sleep(50)
  }
}
