import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { openTestApp } from '../../../test/support/app.ts'
import { startBackground } from './background.ts'
import type { Chore } from './chore.ts'
import { makeEvent } from '../../../test/support/made-event.ts'
import { platformChores } from './chores.ts'

async function eventually(isSo: () => Promise<boolean>, withinMs = 10_000) {
  for (const end = performance.now() + withinMs; performance.now() < end; await sleep(50)) if (await isSo()) return
  assert.fail(`not within ${withinMs} ms`)
}

test('two nodes seal the audit log and share the housekeeping: each round is done by one of them', async () => {
  await using app = await openTestApp()
  const rounds: string[] = []
  const makeChore = (node: string): Chore => ({
    name: 'count-rounds',
    cron: '0 4 * * *',
    run: async () => rounds.push(node),
  })
  await app.write(async (work) => work.audit({ action: 'thing.changed', entityKind: 'thing', entityId: 1 }))
  const nodes = [
    await startBackground(app.platform, [...platformChores, makeChore('a')]),
    await startBackground(app.platform, [...platformChores, makeChore('b')]),
  ]
  const client = new pg.Client({ connectionString: app.url })
  await client.connect()
  const sender = new PgBoss({ connectionString: app.url, supervise: false, schedule: false })
  await sender.start()
  try {
    await eventually(async () => (await client.query('select 1 from audit_log where seal_no is null')).rowCount === 0)
    const { rows } = await client.query(`select key from pgboss.schedule order by key`)
    const names = [
      'audit-retention',
      'count-rounds',
      'files',
      'idempotency-records',
      'orphaned-bytes',
      'outgoing-mails',
    ]
    assert.deepEqual(
      rows.map(({ key }) => key),
      names,
    )
    for (let round = 0; round < 5; round++) await sender.send('housekeeping', { chore: 'count-rounds' })
    await eventually(async () => rounds.length >= 5, 30_000)
    await sleep(300)
    assert.equal(rounds.length, 5)
  } finally {
    await client.end()
    await sender.stop()
    await Promise.all(nodes.map((node) => node.stop()))
  }
})

test('the figures of the process can be read', async () => {
  await using app = await openTestApp()
  const read = async () => (await app.app.server.inject({ method: 'GET', url: '/metrics' })).payload
  const before = await read()
  assert.match(before, /^palestra_outbox_lag_seconds 0$/m)
  assert.match(before, /^palestra_audit_unsealed_seconds 0$/m)
  assert.match(before, /^palestra_shed_level 0$/m)
  assert.match(before, /^palestra_db_tenant_switch_total \d+$/m)
  await app.write(async (work) => {
    work.audit({ action: 'studio.changed', entityKind: 'studio', entityId: 123 })
    work.emit(makeEvent('STUDIO_OPENING_HOURS_UPDATED', { entityId: 123, audienceStudioIds: [123] }))
  })
  await app.travelTo('2026-06-15T09:02:00+02:00')
  // An advance of the clock delivers on the way; here nobody has.
  await app.write(({ tx }) => tx.execute(sql`update outbox_events set fanned_out_at = null`))
  const later = await read()
  assert.match(later, /^palestra_outbox_lag_seconds 120$/m)
  assert.match(later, /^palestra_audit_unsealed_seconds 120$/m)
})
