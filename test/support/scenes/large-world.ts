import pg from 'pg'
import { pauseRules } from '../../../src/demo/house/catalogue.ts'
import { rotateAccessSecret } from '../../../src/studios/index.ts'
import { fillWorld, ids, KEY, SECRET } from '../../../bench/world.ts'
import { realTime } from '../../../src/platform/time/clock.ts'
import { openTestApp, type TestApp } from '../app.ts'
import type { Named } from '../calls/calls.ts'
import { testDatabase } from '../database.ts'
import type { TestStudio, TestWorld } from './world.ts'

/** The measured world of the benchmark with years of history, served by the application. */
export interface LargeApp extends AsyncDisposable {
  readonly app: TestApp
  /** A connection as the application has it: its role, its tenant, its way to plan. */
  readonly client: pg.Client
  readonly named: Named
}

const studio: TestStudio = {
  tenantId: ids.tenant,
  studioId: ids.studio,
  activationId: ids.activation,
  integrationId: ids.integration,
  key: KEY,
  zone: 'Europe/Berlin',
}
const world: TestWorld = { berlin: studio, hamburg: studio, stranger: studio }

/** Past slots, bookings with their uses, events that were delivered long ago. Ids stay clear of the world's. */
function history(customers: number): string[] {
  const slots = Math.ceil(customers / 20)
  const start = `timestamptz '2024-01-01T06:00Z' + n * interval '10 minutes'`
  const stamps = `'2024-01-01Z', '2024-01-01Z'`
  return [
    `insert into class_slots (id, studio_id, class_id, occurrence_date, start, "end", status, max_participants, booked_count, created_at, updated_at)
     select 400000000 + n, ${ids.studio}, ${ids.groupClass}, (${start})::date, ${start}, ${start} + interval '45 minutes', 'PLANNED', 20, 10, ${stamps}
     from generate_series(0, ${slots - 1}) as n`,
    `insert into bookings (id, studio_id, kind, customer_id, class_slot_id, during, status, channel, settled_at, created_at, updated_at)
     select 500000000 + n * 10 + m, ${ids.studio}, 'CLASS', ${ids.firstCustomer} + (n * 13 + m) % ${customers}, 400000000 + n,
       tstzrange(${start}, ${start} + interval '45 minutes'), 'BOOKED', 'API', '2024-01-01Z', ${stamps}
     from generate_series(0, ${slots - 1}) as n, generate_series(0, 9) as m`,
    `insert into entitlement_usages (entitlement_id, booking_id, service_date, period_start, state, created_at, updated_at)
     select 200000000 + (n * 13 + m) % ${customers}, 500000000 + n * 10 + m, '2024-01-01', '2024-01-01', 'CONSUMED', ${stamps}
     from generate_series(0, ${slots - 1}) as n, generate_series(0, 9) as m`,
    `insert into outbox_events (uuid, type, entity_id, customer_id, audience_studio_ids, occurred_at, actor, fanned_out_at, created_at)
     select ('018cc251-f400-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'CUSTOMER_UPDATED', ${ids.firstCustomer} + n, ${ids.firstCustomer} + n, array[${ids.studio}::bigint],
       '2024-01-01Z', 'CLI', '2024-01-01Z', '2024-01-01Z' from generate_series(0, ${customers - 1}) as n`,
    `insert into webhook_endpoints (id, integration_id, url, status, created_at, updated_at)
     values (600000000, ${ids.integration}, 'https://partner.example', 'PAUSED', ${stamps})`,
    `insert into webhook_deliveries (id, event_id, endpoint_id, activation_id, state, attempt_no, next_attempt_at, entity_id, finished_at, created_at, updated_at)
     select 600000001 + n, id, 600000000, ${ids.activation}, 'DELIVERED', 1, '2024-01-01Z', entity_id, '2099-01-01Z', ${stamps}
     from (select id, entity_id, row_number() over (order by id) as n from outbox_events) as event`,
    `insert into webhook_attempts (delivery_id, no, started_at, duration_ms, http_status, created_at)
     select id, 1, '2024-01-01Z', 7, 204, '2024-01-01Z' from webhook_deliveries`,
    `insert into resource_allocations (studio_id, resource_id, during, source, source_id, exclusive, created_at)
     select ${ids.studio}, 1001 + n % 10, tstzrange(${start}, ${start} + interval '10 minutes'), 'BLOCKING', n, true, '2024-01-01Z'
     from generate_series(0, ${slots - 1}) as n`,
    `insert into check_ins (customer_id, studio_id, checked_in_at, checked_out_at, in_source, out_source, created_at)
     select ${ids.firstCustomer} + n, ${ids.studio}, '2024-01-01Z', '2024-01-02Z', 'API', 'API', '2024-01-01Z' from generate_series(0, ${customers - 1}) as n`,
    `insert into device_access_log (device_id, customer_id, action, outcome, dry_run, medium_kind, at)
     select ${ids.device}, ${ids.firstCustomer} + n, 'ENTRANCE', 'DONE', false, 'NUMBER', '2024-01-01Z' from generate_series(0, ${customers - 1}) as n`,
    `insert into calendar_feeds (activation_id, token_hash, booking_id, created_at)
     select ${ids.activation}, sha256(int8send(id)), id, '2024-01-01Z' from bookings where id >= 500000000`,
  ]
}

/** Opens the application on a tenant with `customers` members. */
export async function openLargeApp(customers: number): Promise<LargeApp> {
  const database = await testDatabase()
  const today = realTime.now().toZonedDateTimeISO(studio.zone).toPlainDate()
  await fill(database.url, customers, today)
  const app = await openTestApp({
    database,
    world,
    environment: { PALESTRA_SECRET_KEY: SECRET, PALESTRA_TEST_CLOCK: 'false', PALESTRA_RATELIMIT_DEFAULT: '1000000' },
  })
  await app.write((work) => rotateAccessSecret(work, app.platform.secrets), world.berlin)
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query('set role palestra_app')
  await client.query(`select set_config('palestra.tenant_id', '${ids.tenant}', false)`)
  await client.query('set plan_cache_mode = force_generic_plan')
  const close = async () => {
    await client.end()
    await app.close()
    await database.drop()
  }
  return { app, client, named: named(customers, today), [Symbol.asyncDispose]: close }
}

async function fill(url: string, customers: number, today: Temporal.PlainDate) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await fillWorld(client, customers, today)
  await client.query('set session_replication_role = replica')
  for (const statement of [...history(customers), ...trials(customers), ...offer(customers)])
    await client.query(statement)
  await client.query('vacuum analyze')
  await client.end()
}

const TRIAL_CONFIG = 700_000_000
const OFFER = 710_000_000
const SWITCH = 710_000_010
/** The reason to pause and the pause of the contract that is named. */
const IDLE = 710_000_020

/** What is booked may be tried as well, by one of the customers who is no member yet. */
function trials(customers: number): string[] {
  const stamp = `'2024-01-01Z'`
  return [
    `insert into trial_offer_configs (id, studio_id, name, contingent, created_at, updated_at)
     values (${TRIAL_CONFIG}, ${ids.studio}, 'Trial', 10, ${stamp}, ${stamp})`,
    `insert into trial_offer_assignments (studio_id, config_id, class_id, bookable_id, created_at)
     values (${ids.studio}, ${TRIAL_CONFIG}, ${ids.groupClass}, null, ${stamp}), (${ids.studio}, ${TRIAL_CONFIG}, null, ${ids.bookable}, ${stamp})`,
    `update customers set membership_until = null where id = ${pickProspect(customers)}`,
  ]
}

/** One membership and one day pass that partners may sell. */
function offer(customers: number): string[] {
  const stamp = `'2024-01-01Z'`
  const { frequency, rate, term } = { frequency: OFFER + 1, rate: OFFER + 2, term: OFFER + 3 }
  return [
    `insert into rates (id, name, created_at, updated_at) values (${rate}, 'Basic', ${stamp}, ${stamp})`,
    `insert into payment_frequencies (id, type, term_value, term_unit, price, created_at, updated_at)
     values (${frequency}, 'RECURRING', 1, 'MONTH', 29.9, ${stamp}, ${stamp})`,
    `insert into membership_offers (id, rate_id, name, description, created_at, updated_at)
     values (${OFFER}, ${rate}, 'Basic 12', 'All of it', ${stamp}, ${stamp})`,
    `insert into membership_offer_terms (id, offer_id, position, term_value, term_unit, payment_frequency_id, extension_type, created_at, updated_at)
     values (${term}, ${OFFER}, 0, 12, 'MONTH', ${frequency}, 'NONE', ${stamp}, ${stamp})`,
    `insert into offer_publications (studio_id, offer_id, channel, position) values (${ids.studio}, ${OFFER}, 'OPEN_API', 1)`,
    `insert into membership_switch_configs (id, name, created_at, updated_at) values (${SWITCH}, 'Change', ${stamp}, ${stamp})`,
    `insert into membership_switch_sources (config_id, rate_id) values (${SWITCH}, ${ids.rate})`,
    `insert into membership_switch_destinations (config_id, offer_id, position) values (${SWITCH}, ${OFFER}, 0)`,
    `update contracts set snapshot = snapshot || '{"idlePolicy": ${JSON.stringify(pauseRules)}}' where id = ${pickContract(customers)}`,
    `insert into idle_reasons (id, studio_id, name, position, created_at, updated_at) values (${IDLE}, ${ids.studio}, 'Vacation', 0, ${stamp}, ${stamp})`,
    `insert into idle_periods (id, contract_id, start_date, end_date, unit, value, reason_id, state, policy_snapshot, created_at, updated_at)
     values (${IDLE}, ${pickContract(customers)}, '2020-01-01', '2020-01-31', 'MONTH', 1, ${IDLE}, 'ACCEPTED', '${JSON.stringify(pauseRules)}', ${stamp}, ${stamp})`,
    `insert into membership_switch_studios (config_id, studio_id) values (${SWITCH}, ${ids.studio})`,
    `insert into online_offers (id, studio_id, name, period_of_use_value, period_of_use_unit, position, created_at, updated_at)
     values (${OFFER + 4}, ${ids.studio}, 'Day pass', 1, 'DAY', 1, ${stamp}, ${stamp})`,
  ]
}

const pickContract = (customers: number) => 100_000_000 + Math.floor(customers / 2)
const pickProspect = (customers: number) => ids.firstCustomer + Math.floor(customers / 2) + 1

function named(customers: number, today: Temporal.PlainDate): Named {
  const n = Math.floor(customers / 2)
  return {
    mark: '',
    newcomer: 'Zora',
    customerId: ids.firstCustomer + n,
    customerNumber: `1-${10_000 + n}`,
    customerUuid: '0190163d-8694-439b-aea5-000000000007',
    firstName: 'Edgar7',
    lastName: 'Bullock7',
    email: `e${n}@example.org`,
    cardNumber: String(1_290_000_000 + n),
    barcode: 'none',
    classId: ids.groupClass,
    classSlotId: ids.hotSlot,
    bookableAppointmentId: ids.bookable,
    trialConfigId: TRIAL_CONFIG,
    trialBookableId: ids.bookable,
    prospectId: pickProspect(customers),
    employeeId: 101,
    additionalFieldId: 1,
    benefitKey: 'none',
    voucherCode: 'NONE',
    amendmentId: 1,
    documentId: 1,
    deviceId: ids.device,
    calendarFeedId: 1,
    exportId: 1,
    membershipOfferId: OFFER,
    onlineOfferId: OFFER + 4,
    offerTermId: OFFER + 3,
    contractId: pickContract(customers),
    switchConfigId: SWITCH,
    idleReasonId: IDLE,
    idlePeriodId: IDLE,
    additionalModuleId: 0,
    moduleFrequencyId: 0,
    moduleContractId: 0,
    canceledModuleId: 0,
    cancelationReasonId: 1,
    switcherId: ids.firstCustomer + n - 1,
    switchedContractId: pickContract(customers) - 1,
    paymentToken: 'none',
    instrumentToken: 'none',
    changerId: ids.firstCustomer,
    paymentIdentity: '00000000-0000-4000-8000-000000000000',
    iban: 'DE89370400440532013000',
    debtorCustomerId: 0,
    debtorId: 'none',
    waitingRunId: 0,
    collectionCaseId: 'none',
    debtId: 'none',
    threadId: 1,
    tag: 'none',
    ownMediumId: 0,
    classBookingId: 0,
    appointmentBookingId: 0,
    trialBookingId: 0,
    holdId: 0,
    appointmentStart: `${today.add({ days: 20 })}T09:00:00Z`,
  }
}
