import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LatestUsed } from './latest-used.ts'

test('of more values than fit, those stay that were set or asked for last', () => {
  const values = new LatestUsed<number>(2)
  values.set('a', 1)
  values.set('b', 2)
  assert.equal(values.get('a'), 1)
  values.set('c', 3)
  assert.deepEqual([values.get('a'), values.get('b'), values.get('c')], [1, undefined, 3])
  values.set('a', 4)
  values.set('d', 5)
  assert.deepEqual([values.get('a'), values.get('c'), values.get('d')], [4, undefined, 5])
})
