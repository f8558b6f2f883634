import assert from 'node:assert/strict'
import { test } from 'node:test'
import { returnedId } from './returned-id.ts'

test('the id is that of the first row', () => {
  assert.equal(returnedId([{ id: 0 }]), 0)
  assert.equal(returnedId([{ id: 7 }, { id: 8 }]), 7)
})

test('without a row the work ends instead of going on with an id that is none', () => {
  assert.throws(() => returnedId([]), /returned no row/)
})
