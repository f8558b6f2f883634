import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isAfter, isBefore } from './order.ts'

const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)
const date = (days: number) => new Temporal.PlainDate(1970, 1, 1).add({ days })
const local = (minutes: number) => new Temporal.PlainDateTime(1970, 1, 1).add({ minutes })
const time = (minutes: number) => new Temporal.PlainTime().add({ minutes })

test('moments, dates and times of the day are ordered as the numbers they stand for', () => {
  const minutes = fc.integer({ min: 0, max: 1439 })
  fc.assert(
    fc.property(minutes, minutes, (a, b) => {
      const before = [isBefore(instant(a), instant(b)), isBefore(date(a), date(b)), isBefore(time(a), time(b))]
      assert.deepEqual(before, [a < b, a < b, a < b])
      assert.deepEqual([isBefore(local(a), local(b)), isAfter(local(a), local(b))], [a < b, a > b])
      const after = [isAfter(instant(a), instant(b)), isAfter(date(a), date(b)), isAfter(time(a), time(b))]
      assert.deepEqual(after, [a > b, a > b, a > b])
    }),
  )
})

test('equal values are neither before nor after each other', () => {
  assert.deepEqual([isBefore(date(7), date(7)), isAfter(date(7), date(7))], [false, false])
  assert.deepEqual([isBefore(instant(7), instant(7)), isAfter(instant(7), instant(7))], [false, false])
  assert.deepEqual([isBefore(local(7), local(7)), isAfter(local(7), local(7))], [false, false])
  assert.deepEqual([isBefore(time(7), time(7)), isAfter(time(7), time(7))], [false, false])
})

test('moments within one millisecond keep their order, before 1970 as well', () => {
  const nanoseconds = fc.bigInt({ min: -3_000_000n, max: 3_000_000n })
  fc.assert(
    fc.property(nanoseconds, nanoseconds, (a, b) => {
      const [one, other] = [Temporal.Instant.fromEpochNanoseconds(a), Temporal.Instant.fromEpochNanoseconds(b)]
      assert.deepEqual([isBefore(one, other), isAfter(one, other)], [a < b, a > b])
    }),
  )
})

test('a moment is not compared with a date', () => {
  // @ts-expect-error a date has no moment without a zone
  assert.throws(() => isBefore(instant(0), date(0)))
  // @ts-expect-error nor has a time of the day
  assert.throws(() => isAfter(date(0), time(0)))
})
