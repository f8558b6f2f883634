import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { bestTime, firstLimit, limitBounds, type MeanTime, nextLimit, rememberTime } from './work-limit-rules.ts'
import { isHopeless, getPatience, retryAfter } from './refusal-rules.ts'

const bounds = limitBounds(20)

test('the limit starts at twice the connections, grows by one while places are missing, and falls by a tenth', () => {
  assert.equal(firstLimit(20), 40)
  assert.equal(nextLimit(40, { slowness: 1.2, isFull: true }, bounds), 41)
  assert.equal(nextLimit(40, { slowness: 1.2, isFull: false }, bounds), 40)
  assert.equal(nextLimit(40, { slowness: 2.5, isFull: true }, bounds), 36)
  assert.equal(nextLimit(40, { slowness: undefined, isFull: true }, bounds), 40)
})

test('however slow the machine, there are as many places as connections, and never without bound', () => {
  const spells = fc.record({ slowness: fc.double({ min: 0.1, max: 1000, noNaN: true }), isFull: fc.boolean() })
  fc.assert(
    fc.property(fc.array(spells, { maxLength: 300 }), (all) => {
      let limit = firstLimit(20)
      for (const spell of all) {
        limit = nextLimit(limit, spell, bounds)
        assert.ok(limit >= 20 && limit <= 160)
      }
    }),
  )
})

test('the best time is the shortest of the last minute', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 300 }), (means) => {
      let times: readonly MeanTime[] = []
      means.forEach((ms, spell) => (times = rememberTime(times, { spell, ms })))
      assert.equal(bestTime(times), Math.min(...means.slice(-120)))
    }),
  )
})

test('patience is that of the class, and that of a door where a device asks', () => {
  const all = (['CRITICAL', 'NORMAL', 'BULK'] as const).map((rank) => getPatience(rank, false))
  assert.deepEqual(all, [5000, 3000, 1500])
  assert.equal(getPatience('CRITICAL', true), 2000)
})

test('refused at once is who would wait longer than their patience, and nobody by a rate that is not known', () => {
  assert.equal(isHopeless(300, 100, 3000), false)
  assert.equal(isHopeless(301, 100, 3000), true)
  assert.equal(isHopeless(100_000, undefined, 3000), false)
})

test('a refused request may come back after one to five seconds, later when more wait', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000),
      fc.option(fc.nat(2000), { nil: undefined }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (waiting, rate, random) => {
        const seconds = retryAfter(waiting, rate, random)
        assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 5)
      },
    ),
  )
  assert.equal(retryAfter(0, 1000, 0), 1)
  assert.equal(retryAfter(3000, 1000, 0), 3)
  assert.equal(retryAfter(3000, 1000, 1), 5)
})
