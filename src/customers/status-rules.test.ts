import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isInForce, isPast, judgeStatus } from './status-rules.ts'

test('a membership lasts through its last day', () => {
  assert.equal(judgeStatus('2026-03-31', '2026-03-31'), 'MEMBER')
  assert.equal(judgeStatus('2026-03-31', '2026-04-01'), 'FORMER_MEMBER')
  assert.equal(judgeStatus('infinity', '2199-12-31'), 'MEMBER')
  assert.equal(judgeStatus(null, '2026-03-31'), 'PROSPECT')
})

test('a restriction is in force from its first to its last day, and always without days', () => {
  const banned = { startDate: '2026-03-29', endDate: '2026-03-31' }
  assert.deepEqual(
    ['2026-03-28', '2026-03-29', '2026-03-31', '2026-04-01'].map((day) => isInForce(banned, day)),
    [false, true, true, false],
  )
  assert.deepEqual([isPast(banned, '2026-03-31'), isPast(banned, '2026-04-01')], [false, true])
  const always = { startDate: null, endDate: null }
  assert.deepEqual([isInForce(always, '2026-01-01'), isPast(always, '2199-01-01')], [true, false])
})
