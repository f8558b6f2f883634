import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../../test/support/app.ts'
import { answersLate } from '../../../test/support/late-answers.ts'
import { type ClockState, realTime } from './clock.ts'
import { saveClockState } from './clock-store.ts'
import { TenantClocks } from './tenant-clock.ts'

const frozenAt = (text: string): ClockState => ({ mode: 'FROZEN', frozenAt: Temporal.Instant.from(text) })

test('a clock that moves while it is being read is read again for the next who asks', async () => {
  await using app = await openTestApp()
  const { tenantId } = app.berlin
  const save = (state: ClockState) =>
    app.platform.database.transaction(tenantId, (tx) => saveClockState(tx, tenantId, state, realTime.now()))
  const late = answersLate(app.platform.database)
  const clocks = new TenantClocks(late.database, realTime)

  await save(frozenAt('2026-06-15T07:00:00Z'))
  const reading = clocks.now(tenantId)
  await late.arrived
  await save(frozenAt('2026-06-16T07:00:00Z'))
  clocks.forget(tenantId)
  late.release()
  await reading

  assert.equal(String(await clocks.now(tenantId)), '2026-06-16T07:00:00Z')
})
