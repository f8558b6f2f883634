import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { parseStorageKey } from '../../src/platform/files/counted-bytes.ts'
import { isAcknowledged } from './crash-load.ts'
import type { SentWrite } from './crash-plan.ts'

/** Each finds what must not be: rows that are there without the ones that belong to them. */
const halfDone: Readonly<Record<string, string>> = {
  'a slot counts as many places as it has bookings': `
    select s.id from class_slots s left join bookings b on b.tenant_id = s.tenant_id and b.class_slot_id = s.id
    group by s.tenant_id, s.id, s.booked_count, s.waiting_count
    having s.booked_count <> count(*) filter (where b.status in ('BOOKED', 'BOOKED_WITH_CONFIRMATION_REQUIRED'))
      or s.waiting_count <> count(*) filter (where b.status = 'WAITING_LIST')`,
  'a slot has no more bookings than places': `
    select id from class_slots where booked_count > max_participants or waiting_count > max_waiting`,
  'a booking has one event of its creation': `
    select b.id from bookings b left join outbox_events e on e.tenant_id = b.tenant_id and e.entity_id = b.id
      and e.type in ('CLASS_BOOKING_CREATED', 'APPOINTMENT_BOOKING_CREATED')
    group by b.tenant_id, b.id having count(e.id) <> 1`,
  'a canceled booking, and only such a one, has one event of its end': `
    select b.id from bookings b left join outbox_events e on e.tenant_id = b.tenant_id and e.entity_id = b.id
      and e.type in ('CLASS_BOOKING_CANCELLED', 'APPOINTMENT_BOOKING_CANCELLED')
    group by b.tenant_id, b.id, b.status having count(e.id) <> case b.status when 'CANCELED' then 1 else 0 end`,
  'an event of a booking has its booking': `
    select e.id from outbox_events e where e.type like '%\\_BOOKING\\_%'
      and not exists (select from bookings b where b.tenant_id = e.tenant_id and b.id = e.entity_id)`,
  'a booking has its line in the audit log': `
    select b.id from bookings b where not exists (
      select from audit_log a where a.tenant_id = b.tenant_id and a.entity_kind = 'booking' and a.entity_id = b.id)`,
  'an event has a line of the same request in the audit log': `
    select e.id from outbox_events e where not exists (
      select from audit_log a where a.tenant_id = e.tenant_id and a.trace_id = e.trace_id)`,
  'a booked place has one use of an entitlement, any other none': `
    select b.id from bookings b left join entitlement_usages u on u.tenant_id = b.tenant_id and u.booking_id = b.id
      and u.state <> 'RELEASED'
    group by b.tenant_id, b.id, b.status having count(u.id) <> case b.status when 'BOOKED' then 1 else 0 end`,
  'a use has its booking': `
    select u.id from entitlement_usages u
    where not exists (select from bookings b where b.tenant_id = u.tenant_id and b.id = u.booking_id)`,
  'a planned appointment has a booking and occupies its trainer': `
    select a.id from appointments a where a.status = 'PLANNED' and not (
      exists (select from bookings b where b.tenant_id = a.tenant_id and b.appointment_id = a.id and b.status = 'BOOKED')
      and exists (select from resource_allocations r where r.tenant_id = a.tenant_id and r.source_id = a.id and r.active))`,
  'nothing is occupied for an appointment that is not there': `
    select r.id from resource_allocations r where r.source = 'APPOINTMENT' and r.active and not exists (
      select from appointments a where a.tenant_id = r.tenant_id and a.id = r.source_id and a.status = 'PLANNED')`,
  'a counter of a benefit equals the uses that were not taken back': `
    select k.rule_id from benefit_counters k left join benefit_usages u on u.tenant_id = k.tenant_id
      and u.customer_id = k.customer_id and u.rule_id = k.rule_id and u.contract_id = k.contract_id
      and u.period_start = k.period_start and u.reversed_at is null
    group by k.tenant_id, k.customer_id, k.rule_id, k.contract_id, k.period_start, k.used having k.used <> count(u.id)`,
  'a use of a limited benefit has its counter': `
    select u.id from benefit_usages u where u.period_start is not null and not exists (
      select from benefit_counters k where k.tenant_id = u.tenant_id and k.customer_id = u.customer_id
        and k.rule_id = u.rule_id and k.contract_id = u.contract_id and k.period_start = u.period_start)`,
  'a voucher counts as many redemptions as it has': `
    select v.id from checkin_vouchers v left join checkin_voucher_redemptions r
      on r.tenant_id = v.tenant_id and r.voucher_id = v.id
    group by v.tenant_id, v.id, v.redeemed having v.redeemed <> count(r.id)`,
  'whoever came by a voucher has redeemed one': `
    select c.id from customers c where c.source = 'VOUCHER' and not exists (
      select from checkin_voucher_redemptions r where r.tenant_id = c.tenant_id and r.customer_id = c.id)`,
  'a customer who was created over the API has one event of it': `
    select c.id from customers c left join outbox_events e on e.tenant_id = c.tenant_id and e.entity_id = c.id
      and e.type = 'CUSTOMER_CREATED'
    where c.source in ('API', 'VOUCHER') group by c.tenant_id, c.id having count(e.id) <> 1`,
  'a visit has its line in the audit log, and one of its end where it has ended': `
    select v.id from check_ins v left join audit_log a on a.tenant_id = v.tenant_id and a.entity_kind = 'visit'
      and a.entity_id = v.id where v.in_source = 'API' group by v.tenant_id, v.id, v.checked_out_at
    having count(a.id) filter (where a.action = 'visit.begun') <> 1
      or count(a.id) filter (where a.action = 'visit.ended') <> case when v.checked_out_at is null then 0 else 1 end`,
  'somebody has come as often as partners were told, and gone as well': `
    select c.id from customers c
      left join (select customer_id, count(*) as came, count(checked_out_at) as went from check_ins
        where in_source = 'API' group by 1) v on v.customer_id = c.id
      left join (select entity_id, count(*) filter (where type = 'CUSTOMER_CHECKIN') as came,
        count(*) filter (where type = 'CUSTOMER_CHECKOUT') as went from outbox_events group by 1) e on e.entity_id = c.id
    where coalesce(v.came, 0) <> coalesce(e.came, 0) or coalesce(v.went, 0) <> coalesce(e.went, 0)`,
  'a medium that was given or taken over the API has its line in the audit log': `
    select m.id from access_mediums m left join audit_log a on a.tenant_id = m.tenant_id
      and a.entity_kind = 'accessMedium' and a.entity_id = m.id
    where length(m.value_norm) = 32 group by m.tenant_id, m.id, m.removed_at
    having count(a.id) <> case when m.removed_at is null then 1 else 2 end`,
  'a conversation has something said in it, and everything said has its line in the audit log': `
    select t.id from communication_threads t where t.integration_id is not null and length(t.subject) = 32 and not exists (
      select from communications c join audit_log a on a.tenant_id = c.tenant_id
        and a.entity_kind = 'communication' and a.entity_id = c.id
      where c.tenant_id = t.tenant_id and c.thread_id = t.id)`,
  'a document that was uploaded has its line in the audit log': `
    select d.id from customer_documents d where length(d.file_name) = 36 and not exists (
      select from audit_log a where a.tenant_id = d.tenant_id and a.entity_kind = 'customerDocument' and a.entity_id = d.id)`,
  'a remembered answer about a booking has the booking': `
    select r.idem_key from idempotency_records r
    where r.operation in ('bookClassSlot', 'bookAppointmentBooking') and not exists (
      select from bookings b where b.tenant_id = r.tenant_id
        and b.id = (convert_from(r.body, 'UTF8')::json ->> 'bookingId')::bigint)`,
  'a remembered answer about a customer has the customer': `
    select r.idem_key from idempotency_records r where r.operation = 'createCustomer' and not exists (
      select from customers c where c.tenant_id = r.tenant_id
        and c.id = (convert_from(r.body, 'UTF8')::json ->> 'customerId')::bigint)`,
}

/** Fails unless everything that belongs together is there together. */
export async function assertNothingHalfDone(client: pg.Client) {
  for (const [rule, query] of Object.entries(halfDone)) {
    const { rows } = await client.query(query)
    assert.deepEqual(rows.slice(0, 5), [], rule)
  }
}

/** Invariant 13: no row of a file without its bytes, whole and unchanged; bytes without a row are what the purge is for. */
export async function assertFilesAreWhole(client: pg.Client, dataDir: string) {
  const { rows } = await client.query('select storage_key as key, size, sha256, content from files')
  for (const { key, size, sha256, content } of rows) {
    const { tenantId = 0, shard = '' } = parseStorageKey(key) ?? {}
    const bytes: Buffer = content ?? (await readFile(join(dataDir, 'files', String(tenantId), shard, key)))
    assert.equal(bytes.length, Number(size), `length of ${key}`)
    assert.deepEqual(createHash('sha256').update(bytes).digest(), sha256, `content of ${key}`)
  }
}

/** The events of which an acknowledged write has told exactly one; without any, what it leaves stands in `writes.test.ts`. */
const eventsOf: Readonly<Record<SentWrite['operation'], readonly string[]>> = {
  bookClassSlot: ['CLASS_BOOKING_CREATED'],
  bookAppointmentBooking: ['APPOINTMENT_BOOKING_CREATED'],
  cancelClassSlotById: ['CLASS_BOOKING_CANCELLED'],
  createCustomer: ['CUSTOMER_CREATED'],
  updateStudioTags: [],
  useBenefit: [],
  redeemCheckinVoucher: ['CUSTOMER_ACCESS_MEDIUM_CREATED'],
  checkInCustomer: ['CUSTOMER_CHECKIN'],
  checkOutCustomer: ['CUSTOMER_CHECKOUT'],
  addAccessMediums: ['CUSTOMER_ACCESS_MEDIUM_CREATED'],
  deleteAccessMediums: ['CUSTOMER_ACCESS_MEDIUM_DELETED'],
  setAccessRestriction: ['CUSTOMER_ACCESS_RESTRICTION_CREATED', 'CUSTOMER_UPDATED'],
  createCommunicationInNewCommunicationThread: [],
  uploadDocument: [],
}

/** To say about a studio what is true already leaves no line. */
const isAudited = ({ operation }: SentWrite) => operation !== 'updateStudioTags'

/** Fails unless every acknowledged write is stored with exactly one event, and every refused one left nothing. */
export async function assertNothingLost(client: pg.Client, writes: readonly SentWrite[]) {
  const traces = writes.map(({ traceId }) => traceId)
  const events = await countByTrace(client, 'select trace_id, type from outbox_events where trace_id = any($1)', traces)
  const audits = await countByTrace(
    client,
    `select trace_id, 'line' as type from audit_log where trace_id = any($1)`,
    traces,
  )
  const records = await countByTrace(
    client,
    `select idem_key as trace_id, operation as type from idempotency_records where idem_key = any($1)`,
    traces,
  )
  for (const write of writes) {
    const { operation, traceId } = write
    const done = isAcknowledged(write) ? 1 : 0
    const shown = `${operation} ${traceId} ${JSON.stringify(write.answer)}`
    const types = eventsOf[operation]
    const told = types.map((type) => events.get(`${traceId} ${type}`) ?? 0).reduce((a, b) => a + b, 0)
    if (types.length > 0) assert.equal(told, done, `events of ${shown}`)
    assert.equal(records.get(`${traceId} ${operation}`) ?? 0, done, `remembered answer of ${shown}`)
    if (isAudited(write)) assert.equal((audits.get(`${traceId} line`) ?? 0) > 0, done === 1, `audit lines of ${shown}`)
  }
  await assertRowsAreThere(client, writes.filter(isAcknowledged))
}

async function countByTrace(client: pg.Client, query: string, traces: readonly string[]) {
  const counts = new Map<string, number>()
  for (const { trace_id: trace, type } of (await client.query(query, [traces])).rows) {
    counts.set(`${trace} ${type}`, (counts.get(`${trace} ${type}`) ?? 0) + 1)
  }
  return counts
}

async function assertRowsAreThere(client: pg.Client, writes: readonly SentWrite[]) {
  const idsOf = (field: string) => writes.flatMap(({ answer }) => answer?.body?.[field] ?? []).map(Number)
  const stored = async (table: string, ids: readonly number[]) =>
    new Map(
      (await client.query(`select * from ${table} where id = any($1)`, [ids])).rows.map((row) => [Number(row.id), row]),
    )
  const customers = await stored('customers', idsOf('customerId'))
  const bookings = await stored('bookings', idsOf('bookingId'))
  for (const id of idsOf('bookingId')) assert.ok(bookings.has(id), `booking ${id} is lost`)
  for (const id of idsOf('customerId')) assert.ok(customers.has(id), `customer ${id} is lost`)
  for (const [table, field] of [
    ['check_ins', 'checkinId'],
    ['communications', 'communicationId'],
    ['communication_threads', 'threadId'],
  ] as const) {
    const rows = await stored(table, idsOf(field))
    for (const id of idsOf(field)) assert.ok(rows.has(id), `${table} ${id} is lost`)
  }
  await assertMediumsAreThere(client, writes)
  const codes = writes.flatMap(({ answer }) => answer?.body?.studioAccessCode ?? [])
  const media = await client.query('select value_norm as code from access_mediums where value_norm = any($1)', [codes])
  const opening = new Set(media.rows.map(({ code }) => code))
  for (const code of codes) assert.ok(opening.has(code), `access code ${code} is lost`)
  for (const { operation, path } of writes) {
    if (operation !== 'cancelClassSlotById') continue
    const booking = await client.query('select status from bookings where id = $1', [path.split('/').at(-1)])
    assert.equal(booking.rows[0]?.status, 'CANCELED', `${path} was canceled`)
  }
}

async function assertMediumsAreThere(client: pg.Client, writes: readonly SentWrite[]) {
  const idsOf = (operation: SentWrite['operation'], idOf: (write: SentWrite) => unknown) =>
    writes.filter((write) => write.operation === operation).map((write) => Number(idOf(write)))
  const taken = new Set(idsOf('deleteAccessMediums', ({ path }) => path.split('/').at(-1)))
  const given = new Set([...idsOf('addAccessMediums', ({ answer }) => answer?.body.id), ...taken])
  const { rows } = await client.query('select id, removed_at from access_mediums where id = any($1)', [[...given]])
  assert.equal(rows.length, given.size, 'a medium is lost')
  for (const { id, removed_at: removedAt } of rows)
    if (taken.has(Number(id))) assert.notEqual(removedAt, null, `medium ${id} was taken away`)
}
