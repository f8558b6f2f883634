import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { type FileDescription, putFile } from '../files/files.ts'
import { runRoutine } from '../../../test/support/routines.ts'
import { auditRetention } from '../audit/audit-jobs.ts'
import { fileRetention, orphanedBytes } from '../files/file-jobs.ts'
import { answerRetention } from '../units/answer-jobs.ts'

let app: TestApp
let folder: string
let superuser: pg.Client

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'palestra-jobs-'))
  app = await openTestApp({ environment: { PALESTRA_STORAGE: 'fs', PALESTRA_DATA_DIR: folder } })
  superuser = new pg.Client({ connectionString: app.url })
  await superuser.connect()
})
after(async () => {
  await superuser.end()
  await app.close()
  await rm(folder, { recursive: true })
})

const caller = () =>
  ({ actor: { kind: 'CLI', id: null }, tenantId: app.berlin.tenantId, traceId: '1'.repeat(32) }) as const
const put = (description: Partial<FileDescription> = {}) =>
  putFile({ storage: app.platform.files, units: app.platform.units }, caller(), Buffer.from('bytes'), {
    mime: 'application/pdf',
    originalName: 'a.pdf',
    ownerKind: 'export',
    ...description,
  })
const count = async (table: string) => Number((await superuser.query(`select count(*) from ${table}`)).rows[0].count)

async function filePaths(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

test('answers for repeated requests leave once they have expired by the clock of their tenant', async () => {
  await superuser.query(
    `insert into idempotency_records
       (tenant_id, caller, operation, idem_key, fingerprint, status, headers, created_at, expires_at)
     select t, 1, 'op', 'key-' || n, '', 200, '{}', '2026-06-14T07:00:00Z', '2026-06-15T07:00:00Z'::timestamptz + n * interval '1 s'
     from unnest($1::bigint[]) t, generate_series(0, 4999) n`,
    [[app.berlin.tenantId, app.stranger.tenantId]],
  )
  assert.equal(
    await runRoutine(app.platform, answerRetention),
    2,
    'the clocks stand at the first expiry of both tenants',
  )
  await app.travelTo('2026-06-15T10:00:00+02:00')
  assert.equal(await runRoutine(app.platform, answerRetention), 3600)
  assert.equal(await count('idempotency_records'), 10_000 - 2 - 3600)
})

test('a file past its time leaves with its bytes, unless something still refers to it', async () => {
  const deleteAfter = Temporal.Instant.from('2026-06-15T08:30:00Z')
  const [kept, due, held] = [
    await put(),
    await put({ deleteAfter }),
    await put({ ownerKind: 'studioLogo', deleteAfter }),
  ]
  await superuser.query(`update studios set logo_file_id = $1 where id = 123`, [held.fileId])
  assert.equal(await runRoutine(app.platform, fileRetention), 0, 'not yet')
  await app.travelTo('2026-06-15T10:30:00+02:00')
  assert.equal(await runRoutine(app.platform, fileRetention), 1)
  const { rows } = await superuser.query('select id from files order by id')
  assert.deepEqual(
    rows.map(({ id }) => Number(id)),
    [kept.fileId, held.fileId],
  )
  assert.equal((await filePaths()).length, 2, `the bytes of ${due.fileId} are gone`)
})

test('bytes without a row are removed after a day, and bytes with one never', async () => {
  const whole = await put()
  const { storageKey } = await app.platform.files.write(app.berlin.tenantId, [Buffer.from('crashed')], 100)
  const young = await app.platform.files.write(app.berlin.tenantId, [Buffer.from('under way')], 100)
  const before = await filePaths()
  const draft = join(before.find((path) => path.includes(storageKey)) ?? '', '..', 'unfinished.part')
  await writeFile(draft, 'half')
  const dayAgo = app.platform.real.now().epochMilliseconds / 1000 - 86_401
  for (const path of [...before.filter((path) => !path.includes(young.storageKey)), draft]) {
    await utimes(path, dayAgo, dayAgo)
  }
  assert.equal(await runRoutine(app.platform, orphanedBytes), 1)
  const left = await filePaths()
  assert.deepEqual(left.sort(), before.filter((path) => !path.includes(storageKey)).sort())
  assert.ok(whole.fileId > 0)
})

test('rows of the audit log are kept for the years that are configured', async () => {
  await superuser.query(`
    insert into audit_seals (tenant_id, no, row_count, prev_hash, hash, row_ids, row_hashes, sealed_at)
    select ${app.berlin.tenantId}, n, 1, '', '', '{}', '', now() - n * interval '1 year' from generate_series(8, 12) n`)
  await superuser.query(
    `update audit_log set seal_no = 8 where id = (select min(id) from audit_log where seal_no is null)`,
  )
  await superuser.query(
    `update audit_log set seal_no = 11 where id = (select min(id) from audit_log where seal_no is null)`,
  )
  const before = await count('audit_log')
  assert.equal(await runRoutine(app.platform, auditRetention), 0, 'a younger seal before it: the oldest rows go first')
  await superuser.query(`update audit_seals set sealed_at = sealed_at - interval '3 years' where no = 8`)
  assert.equal(await runRoutine(app.platform, auditRetention), 2)
  assert.equal(await count('audit_log'), before - 2)
})
