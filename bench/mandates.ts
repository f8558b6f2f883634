import type pg from 'pg'
import { Secrets } from '../src/platform/secrets.ts'
import { moneyIds, openAccounts } from './money-world.ts'
import { ids, SECRET } from './world.ts'

const { books } = moneyIds
const IBAN = 'DE89370400440532013000'
const now = 'clock_timestamp()'

/** Gives so many customers a mandate each, with one claim that is due. */
export async function addMandates(client: pg.Client, mandates: number, due: string) {
  await openAccounts(client, mandates)
  await client.query('set session_replication_role = replica')
  const people = `generate_series(0, ${mandates - 1}) n`
  const customer = `${ids.firstCustomer} + n`
  const account = new Secrets([SECRET]).seal('field', IBAN)
  await client.query(
    `insert into payment_instruments (customer_id, entity_id, type, state, is_run_default, holder, account_enc, bic,
       mandate_ref, signed_on, created_at, updated_at)
     select ${customer}, ${books}, 'SEPA', 'ACTIVE', true, 'Jörg Müller', $1, 'COBADEFFXXX', '1-' || n || '-1',
       date '${due}' - 30, ${now}, ${now} from ${people}`,
    [account],
  )
  await client.query(
    `insert into debt_claims (entity_id, studio_id, customer_id, kind, charge_type, description, amount, net, tax, currency,
       due_date, state, posted_entry_id, open_amount, created_at, updated_at)
     select ${books}, ${ids.studio}, ${customer}, 'DEBT_CLAIM', 'MEMBERSHIP_CHARGE', 'Membership fee', 29.90, 29.90, 0, 'EUR',
       date '${due}', 'POSTED', n, 29.90, ${now}, ${now} from ${people}`,
  )
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze debt_claims, customer_accounts, payment_instruments')
}
