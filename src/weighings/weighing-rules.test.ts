import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageOn, bodyFields, judgeBody } from './weighing-rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test('who was born on 29 February is a year older on 1 March', () => {
  assert.equal(ageOn(day('2004-02-29'), day('2025-02-28')), 20)
  assert.equal(ageOn(day('2004-02-29'), day('2025-03-01')), 21)
  assert.equal(ageOn(day('2004-02-29'), day('2024-02-29')), 20)
})

test('each of the 31 values has its bounds, both of them allowed', () => {
  assert.equal(bodyFields.length, 31)
  const bounds = [
    ['weight', 0, 500],
    ['totalBodyWater', 0, 500],
    ['ffmTrunk', 0, 500],
    ['height', 50, 260],
    ['percentBodyFat', 0, 100],
    ['bfmPercentLeftArm', 0, 1000],
    ['ffmPercentTrunk', 0, 1000],
    ['bodyMassIndex', 5, 120],
    ['basalMetabolicRate', 0, 10_000],
    ['visceralFatLevel', 1, 59],
  ] as const
  for (const [field, least, most] of bounds) {
    assert.deepEqual(judgeBody({ [field]: least }), [], field)
    assert.deepEqual(judgeBody({ [field]: most }), [], field)
    for (const wrong of [least - 0.0001, most + 0.0001]) {
      assert.deepEqual(
        judgeBody({ [field]: wrong }).map(({ reference }) => reference),
        [field],
      )
    }
  }
})
