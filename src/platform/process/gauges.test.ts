import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'drizzle-orm'
import { openTestApp } from '../../../test/support/app.ts'
import { makeEvent } from '../../../test/support/made-event.ts'

test('the figures of the process can be read', async () => {
  await using app = await openTestApp()
  const read = async () => (await app.app.server.inject({ method: 'GET', url: '/metrics' })).payload
  const before = await read()
  assert.match(before, /^palestra_outbox_lag_seconds 0$/m)
  assert.match(before, /^palestra_audit_unsealed_seconds 0$/m)
  assert.match(before, /^palestra_work_limit 40$/m)
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
