import type pg from 'pg'
import { Secrets } from '../src/platform/secrets.ts'
import { ids, SECRET } from './world.ts'

const BOOKS = 800
const IBAN = 'DE89370400440532013000'
const now = 'clock_timestamp()'

/** Gives so many customers a mandate each, with one claim that is due. */
export async function addMandates(client: pg.Client, mandates: number, due: string) {
  await client.query('set session_replication_role = replica')
  const people = `generate_series(0, ${mandates - 1}) n`
  const customer = `${ids.firstCustomer} + n`
  const account = new Secrets([SECRET]).seal('field', IBAN)
  await client.query(
    `insert into legal_entities (id, name, country_code, currency, is_default, iban, created_at, updated_at)
     values (${BOOKS}, 'Bench', 'DE', 'EUR', true, 'DE75512108001245126199', ${now}, ${now})
     on conflict do nothing`,
  )
  await client.query(`update legal_entities set iban = 'DE75512108001245126199' where is_default and currency = 'EUR'`)
  const { rows } = await client.query<{ id: string }>(
    `select id from legal_entities where is_default and currency = 'EUR'`,
  )
  const books = Number(rows[0]?.id)
  await client.query(
    `insert into payment_settings (studio_id, member_methods, ecom_methods, creditor_id, created_at, updated_at)
     values (${ids.studio}, '{SEPA}', '{}', 'DE98ZZZ09999999999', ${now}, ${now})`,
  )
  await client.query(
    `insert into customer_accounts (customer_id, entity_id, debtor_id, currency, created_at, updated_at)
     select ${customer}, ${books}, 10000 + n, 'EUR', ${now}, ${now} from ${people} on conflict do nothing`,
  )
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
