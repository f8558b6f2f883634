import { claimId, moneyIds, PRICE, requestId, sessionId, TERM_MONTHS } from './money-world.ts'
import { ids } from './world.ts'

const { books, taxCode } = moneyIds
const now = 'clock_timestamp()'
const today = 'current_date'

const used = `state = 'CONSUMED', updated_at = ${now}, version = version + 1`

/** The use of the n-th token: its request and its session. */
const useToken = `
update payment_requests set ${used}, consumed_at = ${now} where id = ${requestId(':n')} and state = 'PREAUTHED';
update payment_sessions set ${used} where id = ${sessionId(':n')};`

const account = (role: string) =>
  `(select id from ledger_accounts where entity_id = ${books} and role = '${role}' limit 1)`

interface Line {
  readonly role: string
  readonly amount: number
  readonly customer?: string
}

/** An entry with its lines; its id is in the variable that is named. */
function book(kind: string, key: string, variable: string, lines: readonly Line[]): string {
  const values = lines.map(
    ({ role, amount, customer = 'null' }, at) =>
      `(:${variable}, ${at + 1}, ${account(role)}, ${customer}, ${amount}, 'EUR', ${role === 'REVENUE' || role === 'TAX_OUTPUT' ? taxCode : 'null'})`,
  )
  return `
insert into journal_entries (entity_id, studio_id, booking_date, kind, description, idempotency_key, actor, created_at)
  values (${books}, ${ids.studio}, ${today}, '${kind}', 'Bench', '${key}:' || :n, 'bench', ${now}) returning id as ${variable} \\gset
insert into postings (entry_id, line_no, account_id, customer_id, amount, currency, tax_code_id) values ${values.join(', ')};`
}

/** Money that has come, and the claim that it settles; the balance of the account. */
const pay = (customer: string, claim: string) => `${book('PAYMENT', 'floor-payment', 'paid', [
  { role: 'PSP_CLEARING', amount: PRICE },
  { role: 'RECEIVABLE', amount: -PRICE, customer },
])}
insert into credit_items (entity_id, studio_id, customer_id, kind, method, currency, amount, remaining, value_date, entry_id, created_at, updated_at)
  values (${books}, ${ids.studio}, ${customer}, 'PAYMENT', 'PAYPAL', 'EUR', ${PRICE}, 0, ${today}, :paid, ${now}, ${now}) returning id as item \\gset
insert into payments (id, customer_id, amount, currency, state, provider_key, payment_request_id, next_attempt_at, created_at, updated_at)
  values (:item, ${customer}, ${PRICE}, 'EUR', 'PENDING', md5('key' || :n)::uuid, ${requestId(':n')}, ${now} + interval '1 hour', ${now}, ${now});
insert into allocations (customer_id, claim_id, credit_item_id, amount, created_at) values (${customer}, ${claim}, :item, ${PRICE}, ${now});
update debt_claims set open_amount = 0, updated_at = ${now} where id = ${claim};
update customer_accounts set balance = balance + ${PRICE}, updated_at = ${now}, version = version + 1
  where customer_id = ${customer} and entity_id = ${books};`

const emit = (types: readonly string[], customer: string) => `
insert into outbox_events (created_at, occurred_at, fanned_out_at, actor, trace_id, uuid, type, entity_id, customer_id, audience_studio_ids, content)
  values ${types.map((type) => `(${now}, ${now}, ${now}, 'bench', 'bench', gen_random_uuid(), '${type}', ${customer}, ${customer}, '{${ids.studio}}', '{}')`).join(', ')};`

const audit = (actions: readonly string[]) => `
insert into audit_log (at, actor_kind, action, entity_kind, entity_id, studio_id, diff, seal_no)
  values ${actions.map((action) => `(${now}, 'API', '${action}', 'floor', :n, ${ids.studio}, '{}', 0)`).join(', ')};`

const nextToken = `select nextval('floor_tokens') as n \\gset`

/** The smallest transaction that pays a claim by a token. */
export const paymentScript = (customers: number) => `
${nextToken}
\\set customer ${ids.firstCustomer} + :n % ${customers}
begin;
select id from customers where id = :customer for no key update;
select balance from customer_accounts where customer_id = :customer and entity_id = ${books} for update;${useToken}${pay(':customer', claimId(':n'))}${emit(['PAYMENT_BOOKED'], ':customer')}${audit(['journal.booked', 'paymentRequest.consumed'])}
commit;
`

/** The smallest transaction that stores a person, a contract with its charges, and a payment of the first. */
export const signUpScript = (start: string) => {
  const day = `date '${start}'`
  const net = 25.13
  return `
${nextToken}
begin;
insert into customers (studio_id, customer_number, uuid, referral_code, static_access_number, first_name, last_name, first_fold, first_fold_tr,
   last_fold, last_fold_tr, email, email_fold, date_of_birth, street, house_number, zip_code, city, country_code, source, membership_until,
   announced_status, created_at, updated_at)
  values (${ids.studio}, 'F-' || :n, gen_random_uuid(), 'f' || :n, lpad(:n::text, 12, '7'), 'Floor', 'Bench' || :n, 'floor', 'floor', 'bench' || :n,
   'bench' || :n, 'f' || :n || '@example.net', 'f' || :n || '@example.net', '1990-05-17', 'Heidestraße', '17', '51147', 'Köln', 'DE', 'API',
   'infinity', 'MEMBER', ${now}, ${now}) returning id as customer \\gset
insert into debtor_counters (last_number) values (20000000) on conflict (tenant_id) do update set last_number = debtor_counters.last_number + 1
  returning last_number as debtor \\gset
insert into customer_accounts (customer_id, entity_id, debtor_id, currency, created_at, updated_at)
  values (:customer, ${books}, 'F' || :debtor, 'EUR', ${now}, ${now});${useToken}
update payment_identities set customer_id = :customer where id = md5('identity' || 'new ' || :n)::uuid;
insert into contracts (studio_id, customer_id, offer_term_id, snapshot, signed_at, signing_date, start_date, committed_end, origin, created_at, updated_at)
  values (${ids.studio}, :customer, ${moneyIds.term}, '{"rateName": "Premium", "rateCodes": [], "openingHourCategoryId": null}', ${now}, ${day}, ${day},
   (${day} + interval '${TERM_MONTHS} months')::date - 1, 'SIGNUP', ${now}, ${now}) returning id as contract \\gset
insert into contract_phases (contract_id, seq, from_date, rate_id, snapshot, created_at)
  values (:contract, 0, ${day}, ${moneyIds.rate}, '{"rateName": "Premium", "rateCodes": [], "openingHourCategoryId": null}', ${now});
insert into debt_claims (entity_id, studio_id, customer_id, kind, charge_type, description, amount, net, tax, tax_code_id, currency, due_date,
   service_from, service_to, state, open_amount, contract_id, component, component_id, period_from, seq, created_at, updated_at)
  select ${books}, ${ids.studio}, :customer, 'DEBT_CLAIM', 'MEMBERSHIP_CHARGE', 'Membership fee', ${PRICE}, ${net}, ${PRICE} - ${net}, ${taxCode}, 'EUR',
   due, due, due + 27, 'SCHEDULED', ${PRICE}, :contract, 'RATE', ${moneyIds.frequency}, due, 0, ${now}, ${now}
  from (select (${day} + m * interval '1 month')::date as due from generate_series(0, ${TERM_MONTHS - 1}) m) months;
select id as claim from debt_claims where contract_id = :contract order by due_date limit 1 \\gset${book(
    'CHARGE',
    'floor-charge',
    'charged',
    [
      { role: 'RECEIVABLE', amount: PRICE, customer: ':customer' },
      { role: 'REVENUE', amount: -net },
      { role: 'TAX_OUTPUT', amount: -4.77 },
    ],
  )}
update debt_claims set state = 'POSTED', posted_entry_id = :charged where id = :claim;${pay(':customer', ':claim')}${emit(
    ['CUSTOMER_CREATED', 'CONTRACT_CREATED', 'PAYMENT_BOOKED', 'DEBT_CLAIM_POSTED'],
    ':customer',
  )}${audit(['customer.created', 'contract.signed', 'paymentRequest.consumed', 'journal.booked', 'journal.booked'])}
commit;
`
}
