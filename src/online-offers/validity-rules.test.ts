import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PeriodOfUse, planValidity, type RedeemWithin } from './validity-rules.ts'

function validTo(period: PeriodOfUse, from: string, redeemWithin?: RedeemWithin): string {
  return planValidity(period, Temporal.PlainDate.from(from), redeemWithin).validTo.toString()
}

test('the last day of a pass is the day before its period is over', () => {
  assert.equal(validTo({ value: 3, unit: 'DAY' }, '2026-02-27'), '2026-03-01')
  assert.equal(validTo({ value: 1, unit: 'MONTH' }, '2026-01-31'), '2026-02-27')
  assert.equal(validTo({ value: 1, unit: 'DAY' }, '2026-02-27'), '2026-02-27')
  assert.equal(validTo({ value: 2, unit: 'WEEK' }, '2026-02-27'), '2026-03-12')
  assert.equal(validTo({ value: 1, unit: 'YEAR' }, '2024-02-29'), '2025-02-27')
})

test('a pass of minutes or hours must be used on its first day, unless the offer gives more time', () => {
  assert.equal(validTo({ value: 90, unit: 'MINUTES' }, '2026-02-27'), '2026-02-27')
  assert.equal(validTo({ value: 2, unit: 'HOURS' }, '2026-02-27', { value: 1, unit: 'MONTH' }), '2026-03-26')
})

test('only periods of minutes and hours are timed from the first visit', () => {
  const minutes = (period: PeriodOfUse) => planValidity(period, Temporal.PlainDate.from('2026-02-27')).useMinutes
  assert.equal(minutes({ value: 90, unit: 'MINUTES' }), 90)
  assert.equal(minutes({ value: 2, unit: 'HOURS' }), 120)
  assert.equal(minutes({ value: 3, unit: 'DAY' }), null)
})
