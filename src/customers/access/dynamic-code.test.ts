import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dynamicCode, stepEnd, judgeDynamicCode, parseDynamicCode, stepAt } from './dynamic-code.ts'

const secret = Buffer.from(Array.from({ length: 32 }, (_, n) => n))
const edgar = { customerId: 1001, uuid: '7be3932c-825b-4401-abff-29e9f9410bc7', version: 1 }
const at = (text: string) => Temporal.Instant.from(text)
const early = at('2026-03-02T08:00:10Z')

const isTaken = (text: string, now: Temporal.Instant, holder = edgar) => {
  const code = parseDynamicCode(text)
  return code !== undefined && judgeDynamicCode(code, holder, [secret], now) !== undefined
}

test('a known secret, customer and step give a known dynamic code', () => {
  const step = stepAt(early)
  assert.equal(step, 59_081_280)
  assert.equal(dynamicCode(secret, edgar, step), '5882080200000001001')
  assert.equal(stepEnd(step).toString(), '2026-03-02T08:01:00Z')
  assert.equal(dynamicCode(secret, edgar, stepAt(at('2026-03-02T08:00:40Z'))), '3895523300000001001')
  assert.equal(dynamicCode(secret, { ...edgar, version: 2 }, step), '0547995790000001001')
})

test('a code counts in its step and the next, to the millisecond', () => {
  const code = '5882080200000001001'
  assert.equal(isTaken(code, at('2026-03-02T07:59:59.999Z')), false)
  assert.equal(isTaken(code, at('2026-03-02T08:00:00Z')), true)
  assert.equal(isTaken(code, at('2026-03-02T08:00:59.999Z')), true)
  assert.equal(isTaken(code, at('2026-03-02T08:01:00Z')), false)
  assert.equal(isTaken(code, early, { ...edgar, version: 2 }), false)
})

test('a code names its customer in one way only', () => {
  assert.deepEqual(parseDynamicCode('5882080200000001001'), { customerId: 1001, text: '5882080200000001001' })
  assert.equal(parseDynamicCode('58820802000000001001'), undefined, 'one zero too many')
  assert.equal(parseDynamicCode(`123456789${'9'.repeat(16)}`), undefined, 'no id is that long')
  const long = dynamicCode(secret, { ...edgar, customerId: 123_456_789_012 }, 1)
  assert.equal(parseDynamicCode(long)?.customerId, 123_456_789_012)
})

test('a code never identifies another customer and counts in two steps only', () => {
  const person = fc.record({
    customerId: fc.integer({ min: 1, max: 2_000_000_000 }),
    uuid: fc.uuid(),
    version: fc.integer({ min: 0, max: 5 }),
  })
  const step = fc.integer({ min: 10, max: 100_000_000 })
  fc.assert(
    fc.property(person, person, step, fc.integer({ min: -5, max: 5 }), (one, other, made, later) => {
      fc.pre(one.customerId !== other.customerId)
      const code = parseDynamicCode(dynamicCode(secret, one, made))
      assert.equal(code?.customerId, one.customerId)
      const now = Temporal.Instant.fromEpochMilliseconds((made + later) * 30_000 + 1)
      assert.equal(judgeDynamicCode(code, other, [secret], now), undefined)
      const counted = later === 0 || later === 1 ? made : undefined
      assert.equal(judgeDynamicCode(code, one, [secret], now), counted)
    }),
    { numRuns: 300 },
  )
})
