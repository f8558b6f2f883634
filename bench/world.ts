import type pg from 'pg'
import { Secrets } from '../src/platform/secrets.ts'

/** Ids of the measured world; everything else is counted up from here. */
export const ids = {
  tenant: 1,
  studio: 10,
  integration: 11,
  activation: 12,
  device: 13,
  service: 20,
  rate: 21,
  rule: 30,
  groupClass: 31,
  room: 32,
  bookable: 33,
  firstCustomer: 1_000_000,
  firstSlot: 50_000,
  hotSlot: 60_000,
  firstBookingSlot: 70_000,
  /** Long gone, so that what the floor books on them weighs on nobody else. */
  firstFloorSlot: 80_000,
} as const

export const SECRET = 'bench-secret-key-of-thirty-two-bytes!'
export const KEY = `pal_in_${'bench'.padEnd(40, '0')}`
export const DEVICE_TOKEN = '53cda15a-5652-4f62-9b97-508f870ff40b'
export const SLOTS_LISTED = 100
export const BOOKING_SLOTS = 2000
export const INSTRUCTORS = 10

const now = `'2026-01-01T00:00Z'`

/** A studio with `customers` members, a class with 100 slots, and instructors who are busy for a week. `today` is local. */
export async function fillWorld(client: pg.Client, customers: number, today: Temporal.PlainDate) {
  await client.query(`set session_replication_role = replica`)
  await client.query(`select set_config('palestra.tenant_id', '${ids.tenant}', false)`)
  for (const statement of [...chain(), ...people(customers), ...classes(today, customers), ...appointments(today)]) {
    await client.query(statement)
  }
  const hash = new Secrets([SECRET]).hash('api-key', KEY)
  await client.query(
    `insert into api_keys (activation_id, kind, key_hash, hint, status, created_at) values ($1, 'INBOUND', $2, '0000', 'ACTIVE', ${now})`,
    [ids.activation, hash],
  )
  await insertTurnstile(client)
  await client.query(`set session_replication_role = origin`)
  // Without statistics every view below would be made by reading whole tables. Tables that are empty stay unknown, as
  // in a young database: one that is known to be empty would be read as a whole for as long as plans live.
  await vacuumFilled(client)
  await refreshViews(client, customers)
  await client.query('vacuum analyze customer_views')
}

async function vacuumFilled(client: pg.Client) {
  const { rows } = await client.query<{ table: string }>(
    `select quote_ident(relname) as table from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0`,
  )
  await client.query(`vacuum analyze ${rows.map(({ table }) => table).join(', ')}`)
}

const turnstile = {
  purpose: 'ENTRANCE',
  enforceOpeningHours: false,
  enforceCapacity: false,
  antiPassback: 'OFF',
  admitBookings: true,
  debounceSeconds: 10,
  requireCheckedIn: false,
}

/** A door that knows its token. */
async function insertTurnstile(client: pg.Client) {
  const secrets = new Secrets([SECRET])
  const token = [secrets.hash('device-token', DEVICE_TOKEN), secrets.seal('device-token', DEVICE_TOKEN)]
  await client.query(
    `insert into devices (id, studio_id, name, model, state, token_hash, token_enc, config, ${stamps})
     values (${ids.device}, ${ids.studio}, 'Turnstile', 'GENERIC_CARD_READER', 'ACTIVE', $1, $2, $3, ${stamp})`,
    [...token, JSON.stringify(turnstile)],
  )
}

const VIEWS_AT_ONCE = 10_000

/** Triggers are off while the world is filled. */
async function refreshViews(client: pg.Client, customers: number) {
  for (let from = 0; from < customers; from += VIEWS_AT_ONCE) {
    const first = ids.firstCustomer + from
    await client.query(
      `select palestra_refresh_customer_views(${ids.tenant}, array_agg(id)) from customers
       where tenant_id = ${ids.tenant} and id >= ${first} and id < ${first + VIEWS_AT_ONCE}`,
    )
  }
}

const stamps = 'created_at, updated_at'
const stamp = `${now}, ${now}`

function chain(): string[] {
  const scopes = `array['CUSTOMER_READ','CUSTOMER_WRITE','CLASSES_READ','CLASSES_WRITE','APPOINTMENTS_READ','APPOINTMENTS_WRITE','BOOKABLE_APPOINTMENTS_READ','STUDIO_READ','DEVICE_READ','DEVICE_WRITE','LEAD_READ','LEAD_WRITE','TRIAL_OFFER_READ','TRIAL_OFFER_WRITE','CUSTOMER_ACCOUNT_READ','MEMBERSHIP_READ','MEMBERSHIP_WRITE','PAYMENT_WRITE']`
  return [
    `insert into tenants (id, tenant_id, slug, name, default_language, status, ${stamps}) values (${ids.tenant}, ${ids.tenant}, 'bench', 'Bench', 'en', 'ACTIVE', ${stamp})`,
    `insert into studios (id, number, name, time_zone, currency, language_tag, country_code, status, ${stamps}) values (${ids.studio}, 1, 'Bench', 'Europe/Berlin', 'EUR', 'de', 'DE', 'ACTIVE', ${stamp})`,
    `insert into integrations (id, name, requested_scopes, webhook_access, ${stamps}) values (${ids.integration}, 'Bench', ${scopes}, false, ${stamp})`,
    `insert into activations (id, integration_id, studio_id, status, scopes, ${stamps}) values (${ids.activation}, ${ids.integration}, ${ids.studio}, 'ACTIVE', ${scopes}, ${stamp})`,
    `insert into services (id, name, kind, ${stamps}) values (${ids.service}, 'Body', 'CLASS', ${stamp})`,
    `insert into rates (id, name, ${stamps}) values (${ids.rate}, 'Premium', ${stamp})`,
    `insert into booking_rules (id, studio_id, contingent_mode, allow_foreign, ${stamps}) values (${ids.rule}, ${ids.studio}, 'REQUIRED', true, ${stamp})`,
  ]
}

/** Members with a contract, a contingent, a card, and every tenth with a pause and a bank account. */
function people(customers: number): string[] {
  const first = ids.firstCustomer
  const series = `generate_series(0, ${customers - 1}) as n`
  const snapshot = `'{"rateName":"Premium","rateCodes":[],"openingHourCategoryId":null}'`
  return [
    `insert into customers (id, studio_id, customer_number, uuid, referral_code, static_access_number, first_name, last_name,
       first_fold, first_fold_tr, last_fold, last_fold_tr, email, email_fold, date_of_birth, gender, street, house_number, zip_code, city,
       country_code, phone_private, phone_private_mobile, source, language_code, membership_until, announced_status, ${stamps})
     select ${first} + n, ${ids.studio}, '1-' || (10000 + n), md5('u' || n)::uuid, lpad(to_hex(n), 6, '0'), lpad(n::text, 12, '0'),
       'Edgar' || n % 977, 'Bullock' || n % 7919, 'edgar' || n % 977, 'edgar' || n % 977, 'bullock' || n % 7919, 'bullock' || n % 7919,
       'e' || n || '@example.org', 'e' || n || '@example.org', date '1960-01-01' + n % 15000, 'MALE', 'Am Bahnhof', '89', '12133', 'Munich',
       'DE', '+49 30901820', '+49 15223433333', 'IMPORT', 'de', 'infinity', 'MEMBER', ${stamp} from ${series}`,
    `insert into access_mediums (customer_id, type, value_norm, ${stamps}) select ${first} + n, 'CARD_NUMBER', (1290000000 + n)::text, ${stamp} from ${series}`,
    `insert into contracts (id, studio_id, customer_id, snapshot, signed_at, signing_date, start_date, committed_end, origin, ${stamps})
     select 100000000 + n, ${ids.studio}, ${first} + n, ${snapshot}, ${now}, '2025-01-01', '2025-01-01', '2030-12-31', 'IMPORT', ${stamp} from ${series}`,
    `insert into contract_checkin_studios (contract_id, created_at) select 100000000 + n, ${now} from ${series}`,
    `insert into contract_phases (contract_id, seq, from_date, rate_id, snapshot, created_at)
     select 100000000 + n, 0, '2025-01-01', ${ids.rate}, ${snapshot}, ${now} from ${series}`,
    `insert into entitlements (id, customer_id, service_id, source, contract_id, quantity, period_value, period_unit, anchor, valid_from, home_studio_id, ${stamps})
     select 200000000 + n, ${first} + n, ${ids.service}, 'RATE', 100000000 + n, 1000, 1, 'MONTH', '2025-01-01', '2025-01-01', ${ids.studio}, ${stamp} from ${series}`,
    `insert into idle_periods (contract_id, start_date, end_date, unlimited, unit, value, state, policy_snapshot, free_days, ${stamps})
     select 100000000 + n, '2025-03-01', '2025-03-31', false, 'MONTH', 1, 'ACCEPTED', '{}', 0, ${stamp} from ${series} where n % 10 = 0`,
  ]
}

interface SlotPlan {
  readonly first: number
  readonly count: number
  /** SQL of the n-th start. */
  readonly start: string
  readonly max: number
  readonly waiting: number
}

/** 100 slots of one class within the listed window, with counts, staff and a room, and many free ones to book. */
function classes(today: Temporal.PlainDate, customers: number): string[] {
  const slot = ({ first, count, start, max, waiting }: SlotPlan) =>
    `insert into class_slots (id, studio_id, class_id, occurrence_date, start, "end", status, location_id, max_participants, max_waiting, booked_count, ${stamps})
     select ${first} + n, ${ids.studio}, ${ids.groupClass}, (${start})::date, ${start}, ${start} + interval '45 minutes', 'PLANNED', ${ids.room}, ${max}, ${waiting}, 0, ${stamp}
     from generate_series(0, ${count - 1}) as n`
  const listed = `timestamptz '${today}T06:00Z' + n * interval '3 hours'`
  const booked = Math.min(12, customers)
  return [
    `insert into employees (id, first_name, last_name, public_name, ${stamps}) select 100 + n, 'Anna', 'Chodakowska' || n, 'Anna ' || n, ${stamp} from generate_series(1, ${INSTRUCTORS}) as n`,
    `insert into employee_studios (employee_id, studio_id, created_at) select 100 + n, ${ids.studio}, ${now} from generate_series(1, ${INSTRUCTORS}) as n`,
    `insert into resources (id, studio_id, kind, name, description, ${stamps}) values (${ids.room}, ${ids.studio}, 'ROOM', 'Room 1', 'Room located behind reception', ${stamp})`,
    `insert into classes (id, studio_id, service_id, title, type, category, description, duration_min, rule_id, ${stamps}) values (${ids.groupClass}, ${ids.studio}, ${ids.service}, 'Mission Beach body', 'STUDIO', 'Fitness', 'Get your body ready for beaches', 45, ${ids.rule}, ${stamp})`,
    slot({ first: ids.firstSlot, count: SLOTS_LISTED, start: listed, max: 25, waiting: 5 }),
    slot({
      first: ids.hotSlot,
      count: 100,
      start: `timestamptz '${today.add({ days: 30 })}T10:00Z' + n * interval '1 day'`,
      max: 20,
      waiting: 5,
    }),
    slot({
      first: ids.firstBookingSlot,
      count: BOOKING_SLOTS,
      start: `timestamptz '${today.add({ days: 150 })}T06:00Z' + n * interval '1 hour'`,
      max: 1_000_000,
      waiting: 0,
    }),
    slot({
      first: ids.firstFloorSlot,
      count: BOOKING_SLOTS,
      start: `timestamptz '2020-01-01T06:00Z' + n * interval '1 hour'`,
      max: 1_000_000,
      waiting: 0,
    }),
    `insert into class_slot_instructors (studio_id, slot_id, employee_id, created_at) select ${ids.studio}, ${ids.firstSlot} + n, 101 + n % ${INSTRUCTORS}, ${now} from generate_series(0, ${SLOTS_LISTED - 1}) as n`,
    `insert into bookings (studio_id, kind, customer_id, class_slot_id, during, status, channel, ${stamps})
     select ${ids.studio}, 'CLASS', ${ids.firstCustomer} + (n * 13 + m) % ${customers}, ${ids.firstSlot} + n, tstzrange(${listed}, ${listed} + interval '45 minutes'), 'BOOKED', 'API', ${stamp}
     from generate_series(0, ${SLOTS_LISTED - 1}) as n, generate_series(0, ${booked - 1}) as m`,
    `update class_slots set booked_count = ${booked} where id between ${ids.firstSlot} and ${ids.firstSlot + SLOTS_LISTED - 1}`,
  ]
}

/** A bookable that ten instructors give, each busy with twenty appointments a day for a week. */
function appointments(today: Temporal.PlainDate): string[] {
  const busy = `from generate_series(1, ${INSTRUCTORS}) as i, generate_series(0, 6) as d, generate_series(0, 19) as a`
  const id = `300000000 + i * 1000 + d * 100 + a`
  const start = `timestamptz '${today}T05:00Z' + d * interval '1 day' + a * interval '40 minutes'`
  return [
    `insert into resources (id, studio_id, kind, employee_id, ${stamps}) select 1000 + n, ${ids.studio}, 'EMPLOYEE', 100 + n, ${stamp} from generate_series(1, ${INSTRUCTORS}) as n`,
    `insert into resource_availabilities (studio_id, resource_id, weekday, time_from, time_to, created_at)
     select ${ids.studio}, 1000 + n, day, '06:00', '22:00', ${now} from generate_series(1, ${INSTRUCTORS}) as n,
       unnest(array['MONDAY','TUESDAY','WEDNESDAY','THURSDAY','FRIDAY','SATURDAY','SUNDAY']) as day`,
    `insert into bookable_appointments (id, studio_id, service_id, title, category, description, duration_min, customer_picks_instructor, rule_id, ${stamps})
     values (${ids.bookable}, ${ids.studio}, ${ids.service}, 'Personal Training', 'Fitness', 'One to one', 30, true, ${ids.rule}, ${stamp})`,
    `insert into requirements (id, studio_id, bookable_id, kind, count, created_at) values (40, ${ids.studio}, ${ids.bookable}, 'EMPLOYEE', 1, ${now})`,
    `insert into requirement_resources (studio_id, requirement_id, bookable_id, resource_id, created_at) select ${ids.studio}, 40, ${ids.bookable}, 1000 + n, ${now} from generate_series(1, ${INSTRUCTORS}) as n`,
    `insert into opening_hours (studio_id, kind, day_from, day_to, time_from, time_to, created_at) values (${ids.studio}, 'INTERNAL', 'MONDAY', 'SUNDAY', '06:00', '23:00', ${now})`,
    `insert into appointments (id, studio_id, bookable_id, start, "end", status, ${stamps}) select ${id}, ${ids.studio}, ${ids.bookable}, ${start}, ${start} + interval '30 minutes', 'PLANNED', ${stamp} ${busy}`,
    `insert into resource_allocations (studio_id, resource_id, during, source, source_id, exclusive, created_at) select ${ids.studio}, 1000 + i, tstzrange(${start}, ${start} + interval '30 minutes'), 'APPOINTMENT', ${id}, true, ${now} ${busy}`,
  ]
}

/** Tables of the floors: what a bare server would read. */
export async function fillFloor(client: pg.Client, customerJson: string, customers: number) {
  await client.query('create table if not exists floor_customers (id bigint primary key, doc json not null)')
  await client.query('truncate floor_customers')
  await client.query(
    `insert into floor_customers select ${ids.firstCustomer} + n, $1::json from generate_series(0, ${customers - 1}) as n`,
    [customerJson],
  )
  await client.query('create table if not exists floor_slots (id bigint primary key, taken int not null)')
  await client.query(
    `insert into floor_slots select n, 0 from generate_series(0, ${BOOKING_SLOTS - 1}) as n on conflict do nothing`,
  )
  await client.query(
    'create table if not exists floor_bookings (id bigserial primary key, slot_id bigint not null, customer_id bigint not null, at timestamptz not null)',
  )
  await client.query(
    'create table if not exists floor_outbox (id bigserial primary key, uuid uuid not null, type text not null, entity_id bigint not null, at timestamptz not null)',
  )
  await client.query('vacuum analyze floor_customers')
}
