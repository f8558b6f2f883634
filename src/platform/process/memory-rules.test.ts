import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWorthCollecting } from './memory-rules.ts'

const MB = 1024 ** 2
const afterRush = { busyShare: 0.01, residentBytes: 290 * MB, heldAfterLast: 0 }

test('memory is collected in a quiet moment after a rush, once for each rush, and not for little', () => {
  assert.equal(isWorthCollecting(afterRush), true)
  assert.equal(isWorthCollecting({ ...afterRush, busyShare: 0.3 }), false, 'requests wait for an answer')
  assert.equal(isWorthCollecting({ ...afterRush, residentBytes: 200 * MB }), false, 'no more than it may hold')
  assert.equal(isWorthCollecting({ ...afterRush, heldAfterLast: 285 * MB }), false, 'it has just been done')
  assert.equal(isWorthCollecting({ ...afterRush, heldAfterLast: 230 * MB }), true, 'another rush')
})
