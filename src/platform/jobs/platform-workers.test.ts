import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { asSuperuser } from '../../../test/support/row-hashes.ts'
import { openTwoApps } from '../../../test/support/two-apps.ts'
import { verifyAuditLog } from '../audit/verification.ts'

test('two nodes that serve seal the audit log and do each round of housekeeping once', async () => {
  const [one, two, both] = await openTwoApps()
  await using _ = both
  const ask = async (statement: string) =>
    (await asSuperuser(one.url, (client) => client.query(statement))).rows.map((row) => Object.values(row).join())
  await one.write(async (work) => work.audit({ action: 'thing.changed', entityKind: 'thing', entityId: 1 }))
  one.app.startWorkers()
  two.app.startWorkers()
  while ((await ask('select 1 from audit_log where seal_no is null')).length > 0) await sleep(20)
  const report = await verifyAuditLog(one.platform.database, one.berlin.tenantId, {
    sealedUntil: one.platform.real.now(),
    keptSince: Temporal.Instant.from('2016-01-01T00:00:00Z'),
  })
  assert.deepEqual(report.findings, [])
  // The rows come by themselves, and none is due once each has had its first round.
  const pending =
    'select name from scheduled_jobs where studio_id is null and (next_run_at <= now() or locked_until > now())'
  while ((await ask('select 1 from scheduled_jobs where studio_id is null')).length === 0) await sleep(20)
  while ((await ask(pending)).length > 0) await sleep(20)
  const names = await ask(
    `select distinct name from scheduled_jobs where studio_id is null and name not like '%.%' order by 1`,
  )
  assert.deepEqual(names, [
    'access-code-uses',
    'audit-retention',
    'customer-access-log',
    'device-access-log',
    'files',
    'holds',
    'idempotency-records',
    'key-reveals',
    'orphaned-bytes',
    'outgoing-mails',
    'vending-transactions',
  ])
  const runs = await Promise.all([one, two].map(({ platform }) => platform.metrics.jobRuns.get()))
  const files = runs.flatMap(({ values }) => values).filter(({ labels }) => labels.job === 'files')
  const tenants = await ask('select id from tenants')
  assert.equal(
    files.reduce((sum, { value }) => sum + value, 0),
    tenants.length,
  )
})
