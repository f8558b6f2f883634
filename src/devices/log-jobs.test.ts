import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../test/support/app.ts'
import { runRoutine } from '../../test/support/routines.ts'
import { listLines, insertLines, type LogLine } from './log-store.ts'
import { decisionLogRetention } from './log-jobs.ts'

test('decisions of devices are kept for 90 days', async () => {
  await using app = await openTestApp()
  const now = Temporal.Instant.from('2026-06-15T07:00:00Z')
  const line = (hours: number): LogLine => ({
    deviceId: 9,
    customerId: 1,
    action: 'EXIT',
    outcome: 'GRANTED',
    reason: null,
    dryRun: false,
    mediumKind: 'NUMBER',
    at: now.subtract({ hours }),
  })
  await app.write(({ tx }) => insertLines(tx, [line(24 * 90), line(24 * 90 + 1), line(0)]))
  assert.equal(await runRoutine(app.platform, decisionLogRetention), 1)
  const left = await app.read(({ db }) => listLines(db, { deviceId: 9, limit: 10 }))
  assert.equal(left.length, 2)
})
