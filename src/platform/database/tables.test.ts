import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { drizzle } from 'drizzle-orm/node-postgres'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { resourceAllocations } from '../../resources/tables.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { customers } from '../../customers/customer-table.ts'
import { openingHours, studios } from '../../studios/tables.ts'

const database = await testDatabase()
const connectionString = database.url
const admin = new pg.Client({ connectionString })
before(() => admin.connect())
after(async () => {
  await admin.end()
  await database.drop()
})

/** Keys that reach across tenants, each with its reason. */
const acrossTenants = new Map([
  ['tenants_slug_unique', 'the distribution catalogue: a slug is part of a host name'],
  ['api_keys_key_hash_unique', 'the key decides which tenant is meant, so no two tenants may hold the same one'],
  ['devices_token_hash_unique', 'so does the token of a device'],
  ['key_reveals_token_hash_unique', 'and that of a one-time link'],
  ['calendar_feeds_token_hash_unique', 'and that of a calendar'],
  ['payment_sessions_token_unique', 'and that of a payment session'],
  ['sandbox_charges_action_key_unique', 'and that of a page on which a payer approves a charge of the sandbox'],
  ['deployment_pkey', 'the one row about the installation, which no tenant owns'],
])

test('every primary, unique, exclusion and foreign key leads with the tenant', async () => {
  const keys = await admin.query(`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid, 1, true) as first
    from pg_index i join pg_class t on t.oid = i.indrelid
    where t.relnamespace = 'public'::regnamespace and (i.indisunique or i.indisexclusion)
    union all
    select c.conname, (select attname from pg_attribute where attrelid = c.conrelid and attnum = c.conkey[1])
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace
    union all
    select c.conname || ' (target)', (select attname from pg_attribute where attrelid = c.confrelid and attnum = c.confkey[1])
    from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace`)
  const leads = ['tenant_id', `int8range(tenant_id, tenant_id, '[]'::text)`]
  const others = keys.rows.filter((key) => !leads.includes(key.first)).map((key) => key.name)
  assert.ok(keys.rows.length > 100)
  assert.deepEqual(new Set(others), new Set(acrossTenants.keys()))
})

test('every table belongs to a tenant and is bound to it by forced row-level security', async () => {
  const policy = `(tenant_id = (NULLIF(current_setting('palestra.tenant_id'::text, true), ''::text))::bigint)`
  const open = await admin.query(
    `select c.relname from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not (
       c.relrowsecurity and c.relforcerowsecurity and exists (
         select from pg_policy p where p.polrelid = c.oid and p.polname = 'own_tenant' and p.polcmd = '*' and p.polpermissive
           and pg_get_expr(p.polqual, p.polrelid) = $1 and pg_get_expr(p.polwithcheck, p.polrelid) = $1))`,
    [policy],
  )
  assert.deepEqual(open.rows, [{ relname: 'deployment' }])
  const rights = await admin.query(
    `select bool_or(has_table_privilege(role, 'deployment', 'select, insert, update, delete')) as some
     from unnest(array['palestra_app', 'palestra_lookup']) as role`,
  )
  assert.deepEqual(rights.rows, [{ some: false }], 'only the login role reads what belongs to no tenant')
  const wide = await admin.query(`
    select distinct r.rolname from pg_policy p cross join unnest(p.polroles) as member(oid) left join pg_roles r on r.oid = member.oid
    where p.polname <> 'own_tenant'`)
  assert.deepEqual(wide.rows, [{ rolname: 'palestra_lookup' }])
})

test('the application sees and writes its own tenant only, and nothing without a stamp', async () => {
  await asApp(async (client) => {
    const [mine, other] = await Promise.all([insertTenant('catalogue-mine'), insertTenant('catalogue-other')])
    assert.equal((await client.query('select from tenants')).rowCount, 0)
    await client.query(`select set_config('palestra.tenant_id', $1, false)`, [String(mine)])
    assert.deepEqual((await client.query('select slug from tenants')).rows, [{ slug: 'catalogue-mine' }])
    await client.query(`insert into tags (name, created_at) values ('own', '2026-06-15T08:00Z')`)
    await assert.rejects(
      client.query(`insert into tags (tenant_id, name, created_at) values ($1, 'foreign', '2026-06-15T08:00Z')`, [
        other,
      ]),
      { code: '42501' },
    )
    assert.equal((await client.query('update tenants set name = name where id = $1', [other])).rowCount, 0)
    await client.query(`select set_config('palestra.tenant_id', '', false)`)
    assert.equal((await client.query('select from tags')).rowCount, 0)
  })
})

test('the look-ups that precede a tenant work for the application, and only they do', async () => {
  await asApp(async (client) => {
    const tenant = await insertTenant('catalogue-lookup')
    const found = await client.query(`select * from palestra_find_tenant('catalogue-lookup')`)
    assert.equal(Number(found.rows[0].tenant_id), tenant)
    assert.equal((await client.query(`select * from palestra_find_key('\\x00')`)).rowCount, 0)
    for (const call of [
      'tenants_with_outbox()',
      'tenants_with_unsealed_audit()',
      'find_file(1)',
      "find_key_reveal('')",
    ]) {
      assert.equal((await client.query(`select * from palestra_${call}`)).rowCount, 0, call)
    }
    await assert.rejects(client.query('select palestra_protect_tables()'), { code: '42501' })
  })
})

test('daily work falls due by the clock of its tenant, not by real time', async () => {
  const tenant = await insertTenant('catalogue-clock')
  await admin.query(`insert into scheduled_jobs (tenant_id, name, studio_id, next_run_at, created_at, updated_at)
    values (${tenant}, 'sweep', 1, '2026-06-15T12:00Z', '2026-06-15T08:00Z', '2026-06-15T08:00Z')`)
  const due = async () =>
    (await admin.query(`select tenant_id from palestra_tenants_with_due_jobs('{sweep}', '2026-06-15T11:00Z')`)).rows
      .length
  assert.equal(await due(), 0)
  await admin.query(`insert into clock_state values (${tenant}, 'OFFSET', 3600000, null, '2026-06-15T08:00Z')`)
  assert.equal(await due(), 1)
  await admin.query(`update clock_state set mode = 'FROZEN', frozen_at = '2026-06-15T11:59Z'`)
  assert.equal(await due(), 0)
})

test('routines fall due in real time, by name, and not while a node holds them; daily work cannot be held', async () => {
  const tenant = await insertTenant('catalogue-routines')
  await admin.query(`insert into clock_state values (${tenant}, 'OFFSET', 3600000, null, '2026-06-15T08:00Z')`)
  await admin.query(`insert into scheduled_jobs (tenant_id, name, next_run_at, created_at, updated_at)
    values (${tenant}, 'tidy', '2026-06-15T12:00Z', '2026-06-15T08:00Z', '2026-06-15T08:00Z')`)
  const due = async (names: string, at: string) =>
    (await admin.query(`select name from palestra_due_routines($1, $2) where tenant_id = $3`, [names, at, tenant])).rows
      .length
  assert.equal(await due('{tidy}', '2026-06-15T11:59Z'), 0)
  assert.equal(await due('{tidy}', '2026-06-15T12:00Z'), 1)
  assert.equal(await due('{other}', '2026-06-15T12:00Z'), 0)
  assert.equal(
    (await admin.query(`select from palestra_tenants_with_due_jobs('{tidy}', '2026-06-15T13:00Z')`)).rowCount,
    0,
  )
  await admin.query(`update scheduled_jobs set locked_until = '2026-06-15T12:01Z' where tenant_id = ${tenant}`)
  assert.equal(await due('{tidy}', '2026-06-15T12:00:59Z'), 0)
  assert.equal(await due('{tidy}', '2026-06-15T12:01Z'), 1)
  await assert.rejects(admin.query(`update scheduled_jobs set studio_id = 1 where tenant_id = ${tenant}`), {
    constraint: 'scheduled_jobs_only_routines_locked',
  })
})

test('the audit log takes rows and one seal each, and gives up sealed rows to retention only', async () => {
  const tenant = await insertTenant('catalogue-audit')
  const row = (
    await admin.query(`insert into audit_log (tenant_id, at, actor_kind, action, entity_kind)
      values (${tenant}, '2026-06-15T08:00Z', 'SYSTEM', 'a', 'tenant') returning id`)
  ).rows[0].id
  const refused = { constraint: 'audit_log_append_only' }
  await assert.rejects(admin.query(`update audit_log set action = 'b' where id = ${row}`), refused)
  await assert.rejects(admin.query(`update audit_log set action = 'b', seal_no = 1 where id = ${row}`), refused)
  await admin.query(`update audit_log set seal_no = 1 where id = ${row}`)
  await assert.rejects(admin.query(`update audit_log set seal_no = 2 where id = ${row}`), refused)
  await assert.rejects(admin.query(`delete from audit_log where id = ${row}`), refused)
  await assert.rejects(admin.query('truncate audit_log'), /append-only/)
  await admin.query('begin')
  await admin.query(`set local palestra.audit_retention = 'on'`)
  await admin.query(`delete from audit_log where id = ${row}`)
  await admin.query('commit')
})

test('an exclusive resource is never taken twice, and touching blocks do not collide', async () => {
  const { tenantId, studioId } = await insertStudio('catalogue-resources')
  const db = drizzle({ client: admin })
  const resourceId = (
    await admin.query(`insert into resources (tenant_id, studio_id, kind, name, created_at, updated_at)
      values (${tenantId}, ${studioId}, 'ROOM', 'Hall', '2026-06-15T08:00Z', '2026-06-15T08:00Z') returning id`)
  ).rows[0].id
  const take = (from: string, until: string | null, exclusive = true) =>
    db.insert(resourceAllocations).values({
      tenantId,
      studioId,
      resourceId,
      createdAt: Temporal.Instant.from('2026-06-15T08:00Z'),
      during: { from: Temporal.Instant.from(from), until: until === null ? null : Temporal.Instant.from(until) },
      source: 'BLOCKING',
      sourceId: 1,
      exclusive,
    })
  await take('2026-06-15T08:00Z', '2026-06-15T09:00Z')
  await take('2026-06-15T09:00Z', '2026-06-15T10:00Z')
  await take('2026-06-15T08:30Z', '2026-06-15T09:30Z', false)
  await assert.rejects(take('2026-06-15T08:59Z', '2026-06-15T09:01Z'), (error: Error) => {
    assert.equal((error.cause as { constraint: string }).constraint, 'resource_allocations_exclusive')
    return true
  })
  await take('2026-06-15T12:00Z', null)
  const taken = await db.select().from(resourceAllocations).orderBy(resourceAllocations.id)
  assert.equal(String(taken[0]?.during.until), '2026-06-15T09:00:00Z')
  assert.equal(taken.at(-1)?.during.until, null)
  assert.equal(taken.at(-1)?.blockUntil, 'FOREVER')
})

test('rows come back as the values that went in', async () => {
  const { tenantId, studioId } = await insertStudio('catalogue-values')
  const db = drizzle({ client: admin })
  const createdAt = Temporal.Instant.from('2026-06-15T08:00:00.123456Z')
  const hours = { kind: 'INTERNAL', dayFrom: 'MONDAY', dayTo: 'FRIDAY' } as const
  const times = { timeFrom: Temporal.PlainTime.from('06:00'), timeTo: Temporal.PlainTime.from('00:00') }
  const [row] = await db
    .insert(openingHours)
    .values({ tenantId, studioId, createdAt, ...hours, ...times })
    .returning()
  assert.equal(String(row?.createdAt), '2026-06-15T08:00:00.123456Z')
  assert.equal(String(row?.timeFrom), '06:00:00')
  assert.ok(Number.isSafeInteger(row?.id) && Number(row?.id) > 1_000_000_000)
  const [person] = await db
    .insert(customers)
    .values({
      tenantId,
      studioId,
      createdAt,
      updatedAt: createdAt,
      customerNumber: '1-10000',
      referralCode: '0A1B2',
      uuid: crypto.randomUUID(),
      firstName: 'Åse',
      lastName: 'Weiß',
      source: 'STAFF',
      staticAccessNumber: '1'.repeat(12),
      firstFold: 'ase',
      firstFoldTr: 'aase',
      lastFold: 'weiss',
      lastFoldTr: 'weiss',
      membershipUntil: 'FOREVER',
      dateOfBirth: Temporal.PlainDate.from('1990-02-28'),
      memberCodes: ['STAFF'],
    })
    .returning()
  assert.equal(person?.membershipUntil, 'FOREVER')
  assert.equal(String(person?.dateOfBirth), '1990-02-28')
  assert.deepEqual(person?.memberCodes, ['STAFF'])
  assert.equal(person?.taxIdEnc, null)
})

test('a value outside its list is refused by name', async () => {
  const { tenantId } = await insertStudio('catalogue-lists')
  await assert.rejects(admin.query(`update studios set status = 'SLEEPING' where tenant_id = ${tenantId}`), {
    constraint: 'studios_status_known',
  })
  assert.ok(listChecks(studios).includes('studios_access_code_mode_known'))
})

function listChecks(table: PgTable): string[] {
  return getTableConfig(table).checks.map((check) => check.name)
}

async function asApp(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query('set role palestra_app')
    await work(client)
  } finally {
    await client.end()
  }
}

async function insertTenant(slug: string): Promise<number> {
  const made = await admin.query(
    `with next as (select nextval('palestra_id') as id)
     insert into tenants (id, tenant_id, slug, name, default_language, status, created_at, updated_at)
     select id, id, $1, $1, 'en', 'ACTIVE', '2026-06-15T08:00Z', '2026-06-15T08:00Z' from next returning id`,
    [slug],
  )
  return Number(made.rows[0].id)
}

async function insertStudio(slug: string): Promise<{ readonly tenantId: number; readonly studioId: number }> {
  const tenantId = await insertTenant(slug)
  const made = await admin.query(
    `insert into studios (tenant_id, number, name, time_zone, currency, language_tag, country_code, status, created_at, updated_at)
     values ($1, 1, 'Studio', 'Europe/Berlin', 'EUR', 'de', 'DE', 'ACTIVE', '2026-06-15T08:00Z', '2026-06-15T08:00Z') returning id`,
    [tenantId],
  )
  return { tenantId, studioId: Number(made.rows[0].id) }
}
