import type pg from 'pg'
import { firstNumbers } from '../src/accounts/legal-entities/chart-rules.ts'
import { ids } from './world.ts'

/** Ids of the money in the measured world. */
export const moneyIds = { books: 700, taxCode: 701, rate: ids.rate, frequency: 710, offer: 711, term: 712 } as const
/** What a month costs, and what is due on signing. */
export const PRICE = 29.9
export const TERM_MONTHS = 24

const now = 'clock_timestamp()'
const stamps = 'created_at, updated_at'
const stamp = `${now}, ${now}`

/** The books of the studio, as they would come into being with its first charge, and a way to pay. Once is enough. */
async function openBooks(client: pg.Client) {
  const { books, taxCode } = moneyIds
  const roles = Object.entries(firstNumbers).map(([role, number]) => `('${role}', '${number}', null::bigint)`)
  const taxed = [`('REVENUE', '8400', ${taxCode})`, `('TAX_OUTPUT', '1776', ${taxCode})`]
  for (const statement of [
    `insert into legal_entities (id, name, country_code, currency, is_default, iban, ${stamps})
     values (${books}, 'Bench', 'DE', 'EUR', true, 'DE75512108001245126199', ${stamp}) on conflict do nothing`,
    `insert into tax_codes (id, entity_id, name, is_default, created_at) values (${taxCode}, ${books}, 'STANDARD', true, ${now})
     on conflict do nothing`,
    `insert into tax_rates (tax_code_id, valid_from, rate) values (${taxCode}, '1900-01-01', 19) on conflict do nothing`,
    `insert into ledger_accounts (entity_id, role, number, tax_code_id, ${stamps})
     select ${books}, role, number, code, ${stamp} from (values ${[...roles, ...taxed].join(', ')}) as v(role, number, code)
     where not exists (select from ledger_accounts where entity_id = ${books})`,
    `insert into payment_settings (studio_id, member_methods, ecom_methods, creditor_id, ${stamps})
     values (${ids.studio}, '{SEPA}', '{CREDIT_CARD,PAYPAL}', 'DE98ZZZ09999999999', ${stamp}) on conflict do nothing`,
  ]) {
    await client.query(statement)
  }
}

/** Gives the first customers an account each. */
export async function openAccounts(client: pg.Client, customers: number) {
  await openBooks(client)
  await client.query(
    `insert into customer_accounts (customer_id, entity_id, debtor_id, currency, ${stamps})
     select ${ids.firstCustomer} + n, ${moneyIds.books}, 10000000 + n, 'EUR', ${stamp} from generate_series(0, ${customers - 1}) n
     on conflict do nothing`,
  )
}

/** An offer of 24 months; the first month is due on signing. */
export async function addOffer(client: pg.Client) {
  const { rate, frequency, offer, term } = moneyIds
  await openBooks(client)
  for (const statement of [
    `insert into payment_frequencies (id, type, price, term_value, term_unit, ${stamps})
     values (${frequency}, 'RECURRING', ${PRICE}, 1, 'MONTH', ${stamp}) on conflict do nothing`,
    `insert into membership_offers (id, rate_id, name, description, ${stamps})
     values (${offer}, ${rate}, 'Premium 24', 'All of it', ${stamp}) on conflict do nothing`,
    `insert into offer_publications (studio_id, offer_id, channel, position) values (${ids.studio}, ${offer}, 'OPEN_API', 1)
     on conflict do nothing`,
    `insert into offer_payment_choices (offer_id, choice) values (${offer}, 'CASH'), (${offer}, 'PAYPAL') on conflict do nothing`,
    `insert into membership_offer_terms (id, offer_id, position, term_value, term_unit, payment_frequency_id, extension_type,
       extension_term_value, extension_term_unit, due_on_signing, ${stamps})
     values (${term}, ${offer}, 0, ${TERM_MONTHS}, 'MONTH', ${frequency}, 'TERM_EXTENSION', 1, 'MONTH', '{FIRST_CONTRACT_FEE}', ${stamp})
     on conflict do nothing`,
  ]) {
    await client.query(statement)
  }
}

export interface Tokens {
  /** The number of the first one; the others are counted up from it. */
  readonly first: number
  readonly count: number
  /** SQL of the customer who has authorised the n-th; null: a person who is not known yet. */
  readonly customer: string
}

/** The n-th token. */
export const token = (n: number) => `bench${String(n).padStart(49, '0')}`

/** What payers have authorised: {@link PRICE} for each token. */
export async function addTokens(client: pg.Client, { first, count, customer }: Tokens) {
  const all = `generate_series(${first}, ${first + count - 1}) n`
  const identity = `md5('identity' || coalesce((${customer})::text, 'new ' || n))::uuid`
  const key = `md5('key' || n)::uuid`
  const money = `${PRICE}, 'EUR'`
  await client.query('set session_replication_role = replica')
  for (const statement of [
    `insert into payment_identities (id, studio_id, customer_id, created_at)
     select ${identity}, ${ids.studio}, ${customer}, ${now} from ${all} on conflict do nothing`,
    `insert into payment_sessions (id, token_sha256, studio_id, identity, customer_id, scope, amount, currency, methods,
       reference_text, require_signature, show_existing, valid_until, state, ${stamps})
     select ${sessionId('n')}, sha256(('session' || n)::bytea), ${ids.studio}, ${identity}, ${customer}, 'ECOM', ${money}, '{PAYPAL}',
       'Bench', false, true, ${now} + interval '10 hours', 'OPEN', ${stamp} from ${all}`,
    `insert into payment_requests (id, session_id, token_sha256, method, provider_key, authorised, state, ${stamps})
     select ${requestId('n')}, ${sessionId('n')}, sha256(('bench' || lpad(n::text, 49, '0'))::bytea), 'PAYPAL', ${key}, true,
       'PREAUTHED', ${stamp} from ${all}`,
    `insert into sandbox_charges (key, behaviour, amount, currency, state, ${stamps})
     select ${key}, 'APPROVES', ${money}, 'AUTHORISED', ${stamp} from ${all}`,
  ]) {
    await client.query(statement)
  }
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze payment_identities, payment_sessions, payment_requests, sandbox_charges')
}

export const sessionId = (n: string) => `(410000000 + ${n})`
export const requestId = (n: string) => `(420000000 + ${n})`
export const claimId = (n: string) => `(430000000 + ${n})`

/** Claims in the journal with the ids that their tokens have; each is open. */
export async function addOpenClaims(client: pg.Client, { first, count, customer }: Tokens, due: string) {
  await client.query('set session_replication_role = replica')
  await client.query(
    `insert into debt_claims (id, entity_id, studio_id, customer_id, kind, charge_type, description, amount, net, tax, currency,
       due_date, service_from, service_to, state, posted_entry_id, open_amount, ${stamps})
     select ${claimId('n')}, ${moneyIds.books}, ${ids.studio}, ${customer}, 'DEBT_CLAIM', 'MEMBERSHIP_CHARGE', 'Membership fee',
       ${PRICE}, ${PRICE}, 0, 'EUR', '${due}', '${due}', '${due}', 'POSTED', n, ${PRICE}, ${stamp}
     from generate_series(${first}, ${first + count - 1}) n`,
  )
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze debt_claims')
}
