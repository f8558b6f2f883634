import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openTestApp, TEST_NOW, type TestApp } from '../../../test/support/app.ts'
import { expireAuditLog, LARGEST_SEAL, sealAuditLogs } from './sealing.ts'
import { type AuditFinding, verifyAuditLog } from './verification.ts'

let app: TestApp
let superuser: pg.Client

before(async () => {
  app = await openTestApp()
  superuser = new pg.Client({ connectionString: app.url })
  await superuser.connect()
})
after(async () => {
  await superuser.end()
  await app.close()
})

const realNow = () => Temporal.Instant.from('2026-06-15T07:30:00Z')
const seal = () => sealAuditLogs(app.platform.database, realNow)
const writeEntry = (entityId: number) =>
  app.write(async (work) =>
    work.audit({ action: 'thing.changed', entityKind: 'thing', entityId, diff: { name: ['old', `new ${entityId}`] } }),
  )

async function findings(limits: { sealedUntil?: string; keptSince?: string } = {}): Promise<readonly AuditFinding[]> {
  const { sealedUntil = '2026-06-15T06:00:00Z', keptSince = '2016-01-01T00:00:00Z' } = limits
  const report = await verifyAuditLog(app.platform.database, app.berlin.tenantId, {
    sealedUntil: Temporal.Instant.from(sealedUntil),
    keptSince: Temporal.Instant.from(keptSince),
  })
  return report.findings
}

/** What only an operator with the keys to the database can do. */
async function tamper(statement: string, values: readonly unknown[] = []) {
  await superuser.query('alter table audit_log disable trigger audit_log_append_only')
  await superuser.query(statement, [...values])
  await superuser.query('alter table audit_log enable trigger audit_log_append_only')
}

async function selectRow(entityId: number): Promise<{ id: number; seal_no: number }> {
  const { rows } = await superuser.query(
    `select id, seal_no from audit_log where entity_kind = 'thing' and entity_id = $1`,
    [entityId],
  )
  return { id: Number(rows[0].id), seal_no: Number(rows[0].seal_no) }
}

test('200 parallel writes wait neither for an open transaction with an audit line nor for the sealer', async () => {
  const blocker = new pg.Client({ connectionString: app.url })
  await blocker.connect()
  await blocker.query('begin')
  await blocker.query(
    `insert into audit_log (tenant_id, at, actor_kind, action, entity_kind, entity_id)
     values ($1, $2, 'CLI', 'thing.changed', 'thing', 1)`,
    [app.berlin.tenantId, TEST_NOW],
  )
  await blocker.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`audit-seal:${app.berlin.tenantId}`])
  await Promise.all(Array.from({ length: 200 }, (_, at) => writeEntry(1000 + at)))
  assert.equal(await seal(), 0, 'a second sealer of the tenant leaves it alone')
  await blocker.query('rollback')
  await blocker.end()
  assert.equal(await seal(), 200)
  const { rows } = await superuser.query(`
    select count(*)::int as rows, count(distinct a.id)::int as ids, bool_and(a.id = any(s.row_ids)) as held
    from audit_log a join audit_seals s on s.tenant_id = a.tenant_id and s.no = a.seal_no`)
  assert.deepEqual(rows[0], { rows: 200, ids: 200, held: true })
  assert.deepEqual(await findings(), [])
})

test('a row whose transaction commits late enters the next seal, whatever its id', async () => {
  const late = new pg.Client({ connectionString: app.url })
  await late.connect()
  await late.query('begin')
  const { rows } = await late.query(
    `insert into audit_log (tenant_id, at, actor_kind, action, entity_kind, entity_id)
     values ($1, $2, 'CLI', 'thing.changed', 'thing', 2) returning id`,
    [app.berlin.tenantId, TEST_NOW],
  )
  await writeEntry(3)
  await seal()
  await late.query('commit')
  await late.end()
  assert.equal(await seal(), 1)
  const [lateRow, sealedBefore] = [await selectRow(2), await selectRow(3)]
  assert.equal(lateRow.id, Number(rows[0].id))
  assert.ok(lateRow.id < sealedBefore.id && lateRow.seal_no > sealedBefore.seal_no)
  assert.deepEqual(await findings(), [])
})

test('one changed byte is named, and so is a row that is gone or was slipped in', async () => {
  const [changed, gone, kept] = [await selectRow(1000), await selectRow(1001), await selectRow(1002)]
  await tamper(`update audit_log set diff = replace(diff::text, 'old', 'olb')::jsonb where id = $1`, [changed.id])
  assert.deepEqual(await findings(), [{ kind: 'ROW_CHANGED', rowId: changed.id, sealNo: changed.seal_no }])
  await tamper(`update audit_log set diff = replace(diff::text, 'olb', 'old')::jsonb where id = $1`, [changed.id])
  assert.deepEqual(await findings(), [], 'the control: put back as it was, nothing is found')

  await tamper(
    `insert into audit_log (tenant_id, id, at, actor_kind, action, entity_kind, entity_id, seal_no)
     select tenant_id, 5, at, 'CLI', 'thing.changed', 'thing', 4, seal_no from audit_log where id = $1`,
    [kept.id],
  )
  await tamper('delete from audit_log where id = $1', [gone.id])
  assert.deepEqual(await findings(), [
    { kind: 'ROW_MISSING', rowId: gone.id, sealNo: gone.seal_no },
    { kind: 'ROW_ADDED', rowId: 5, sealNo: kept.seal_no },
  ])
  await tamper('delete from audit_log where id = 5')
})

test('a seal that was recomputed to fit, or removed, breaks the chain', async () => {
  await writeEntry(7)
  await seal()
  const { seal_no: no } = await selectRow(7)
  await superuser.query(`update audit_seals set hash = sha256(hash) where no = $1`, [no - 1])
  const broken = (await findings()).filter(({ kind }) => kind === 'SEAL_CHANGED')
  assert.deepEqual(broken, [
    { kind: 'SEAL_CHANGED', sealNo: no - 1 },
    { kind: 'SEAL_CHANGED', sealNo: no },
  ])
  await superuser.query(`delete from audit_seals where no = $1`, [no])
  assert.ok((await findings()).some((found) => found.kind === 'SEAL_MISSING' && found.sealNo === no))
})

test('a row that nobody sealed is named once it is five minutes old, and not before', async () => {
  await writeEntry(8)
  const { id } = await selectRow(8)
  const isNamed = async (sealedUntil: string) =>
    (await findings({ sealedUntil })).some((found) => found.kind === 'ROW_UNSEALED' && found.rowId === id)
  assert.equal(await isNamed('2026-06-15T06:59:59Z'), false)
  assert.equal(await isNamed('2026-06-15T07:00:00Z'), true)
})

test('the rows of old seals expire as a whole, and their chain still holds', async () => {
  const stranger = app.stranger.tenantId
  const entry = { action: 'thing.changed', entityKind: 'thing', entityId: 9 } as const
  await app.write(async (work) => work.audit(entry), app.stranger)
  await seal()
  await app.write(async (work) => work.audit(entry), app.stranger)
  await sealAuditLogs(app.platform.database, () => Temporal.Instant.from('2027-06-15T07:30:00Z'))
  const until = Temporal.Instant.from('2027-01-01T00:00:00Z')
  assert.equal(await expireAuditLog(app.platform.database, stranger, until), 1)
  const verify = (keptSince: Temporal.Instant) =>
    verifyAuditLog(app.platform.database, stranger, { sealedUntil: realNow(), keptSince })
  assert.deepEqual(await verify(until), { seals: 2, rows: 1, findings: [] })
  const early = await verify(Temporal.Instant.from('2016-01-01T00:00:00Z'))
  assert.equal(early.findings[0]?.kind, 'ROW_MISSING', 'rows that should still be here are missed')
})

test('more rows than one seal holds fill several', async () => {
  await superuser.query(
    `insert into audit_log (tenant_id, at, actor_kind, action, entity_kind, entity_id)
     select $1, $2::timestamptz, 'CLI', 'thing.counted', 'count', n from generate_series(1, $3::int) n`,
    [app.stranger.tenantId, TEST_NOW, LARGEST_SEAL + 1],
  )
  assert.ok((await seal()) >= LARGEST_SEAL + 1)
  const { rows } = await superuser.query(
    `select row_count from audit_seals where tenant_id = $1 order by no desc limit 2`,
    [app.stranger.tenantId],
  )
  assert.deepEqual(rows, [{ row_count: 1 }, { row_count: LARGEST_SEAL }])
})
