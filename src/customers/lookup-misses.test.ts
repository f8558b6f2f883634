import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LookupMisses } from './lookup-misses.ts'

test('the thirty-first miss within a minute closes the key for a minute', () => {
  let now = 0
  const misses = new LookupMisses(() => now)
  for (let n = 0; n < 30; n++) misses.note(1)
  misses.check(1)
  assert.throws(() => misses.note(1), { status: 429, code: 'errormessage.rateLimit.exceeded' })
  assert.throws(() => misses.check(1), { status: 429 })
  misses.check(2)
  now += 60_000
  misses.check(1)
  misses.note(1)
})
