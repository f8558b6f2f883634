import { compare } from '../load.ts'
import { claimId, moneyIds, openAccounts, PRICE } from '../money-world.ts'
import type { BenchRow, Setting } from '../report.ts'
import { ids } from '../world.ts'

const CONNECTIONS = 32
/** Claims of each customer: as many are past as are to come. */
const CLAIMS = 4
const reads = { balances: 'balances', transactions: 'transactions', upcoming: 'transactions/upcoming' } as const

/**
 * What stands on the account of a random customer. What counts is the same in a larger house; the floor is a bare server that
 * reads one document.
 */
export async function measureAccounts(setting: Setting): Promise<readonly BenchRow[]> {
  await addClaims(setting)
  const { seconds, headers, palestra, floor: bare, customers } = setting
  const id = (n: number) => ids.firstCustomer + ((n * 7919) % customers)
  const load = { seconds, connections: CONNECTIONS }
  const rows: BenchRow[] = []
  for (const [name, path] of Object.entries(reads)) {
    const { ours, floor } = await compare(
      { ...load, url: palestra.url, headers, path: (n) => `/v1/customers/${id(n)}/account/${path}` },
      { ...load, url: bare.url, path: (n) => `/customers/${id(n)}` },
    )
    if (ours.not2xx > ours.refused) throw new Error(`${ours.not2xx} reads of ${name} were refused.`)
    const figures = { ours: ours.perSecond, floor: floor.perSecond, ratio: ours.perSecond / floor.perSecond }
    rows.push({ work: `GET account/${path}`, ...figures, atLeast: 0, aim: 0 })
  }
  return rows
}

async function addClaims({ client, customers, today }: Setting) {
  await openAccounts(client, customers)
  await client.query('set session_replication_role = replica')
  const due = `date '${today}' + (m - ${CLAIMS / 2}) * 30 + 1`
  await client.query(
    `insert into debt_claims (id, entity_id, studio_id, customer_id, kind, charge_type, description, amount, net, tax, currency,
       due_date, service_from, service_to, state, posted_entry_id, open_amount, created_at, updated_at)
     select ${claimId(`500000000 + n * ${CLAIMS} + m`)}, ${moneyIds.books}, ${ids.studio}, ${ids.firstCustomer} + n, 'DEBT_CLAIM',
       'MEMBERSHIP_CHARGE', 'Membership fee', ${PRICE}, ${PRICE}, 0, 'EUR', ${due}, ${due}, ${due} + 29,
       case when m < ${CLAIMS / 2} then 'POSTED' else 'SCHEDULED' end, case when m < ${CLAIMS / 2} then n end,
       case when m < ${CLAIMS / 2} then 0 else ${PRICE} end, clock_timestamp(), clock_timestamp()
     from generate_series(0, ${customers - 1}) n, generate_series(0, ${CLAIMS - 1}) m`,
  )
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze debt_claims, customer_accounts')
}
