import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addToClock, judgeStep, readDuration } from './step-rules.ts'

const at = (text: string) => Temporal.Instant.from(text)
const berlin = 'Europe/Berlin'

test('a clock goes forward, by 400 days of the calendar at most', () => {
  const now = at('2026-06-15T09:00:00+02:00')
  const judge = (target: string) => judgeStep(now, at(target), berlin)
  assert.equal(judge('2026-06-15T08:59:59.999+02:00'), 'BACKWARDS')
  assert.equal(judge('2026-06-15T09:00:00+02:00'), undefined)
  assert.equal(judge('2027-07-20T09:00:00+02:00'), undefined)
  assert.equal(judge('2027-07-20T09:00:00.001+02:00'), 'TOO_LONG')
  const winter = at('2026-01-15T09:00:00+01:00')
  assert.equal(judgeStep(winter, at('2027-02-19T09:00:00+01:00'), berlin), undefined, 'over two changes of the clocks')
})

test('what lies beyond the year 2199, or beyond all calendars, is out of range', () => {
  const late = at('2199-12-01T00:00:00Z')
  assert.equal(judgeStep(late, at('2199-12-31T23:59:59.999Z'), berlin), undefined)
  assert.equal(judgeStep(late, at('2200-01-01T00:00:00Z'), berlin), 'OUT_OF_RANGE')
  assert.equal(addToClock(late, Temporal.Duration.from({ years: 300_000 }), berlin), undefined)
  assert.equal(readDuration('P99999999999999999999Y'), undefined)
  assert.equal(String(readDuration('P1DT2H')), 'P1DT2H')
})
