import { test } from 'node:test'
import assert from 'node:assert/strict'
import { calmState, judgeLoad, type Sample } from './shedding.ts'

const sample = (waitMs: number, delayMs = 0, queue = 0): Sample => ({ waitMs, delayMs, queue })
const after = (samples: readonly Sample[]) => samples.reduce(judgeLoad, calmState).level

test('one bad sample sheds nothing, two in a row do', () => {
  assert.equal(after([sample(300)]), 0)
  assert.equal(after([sample(300), sample(300)]), 1)
  assert.equal(after([sample(300), sample(0), sample(300)]), 0)
})

test('twice the threshold is level two, four times or a long queue level three', () => {
  assert.equal(after([sample(501), sample(501)]), 2)
  assert.equal(after([sample(0, 801), sample(0, 801)]), 3)
  assert.equal(after([sample(0, 0, 501), sample(0, 0, 501)]), 3)
})

test('a level is left after five samples below sixty per cent of its threshold', () => {
  const high = [sample(300), sample(300)]
  const calm = Array.from({ length: 5 }, () => sample(149))
  assert.equal(after([...high, ...calm.slice(1)]), 1)
  assert.equal(after([...high, ...calm]), 0)
  assert.equal(after([...high, ...Array.from({ length: 9 }, () => sample(200))]), 1)
})
