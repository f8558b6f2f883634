import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateIn, startOfDay } from '../platform/time/zoned-time.ts'
import type { BenefitLimit } from './benefit-facts.ts'
import { benefitPeriodAt } from './period-rules.ts'

type Limited = Exclude<BenefitLimit, { kind: 'UNLIMITED' }>

const on = (text: string) => Temporal.PlainDate.from(text)
const per = (unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR', anchor: 'CALENDAR' | 'CONTRACT_START' = 'CALENDAR'): Limited => ({
  kind: 'PER_PERIOD',
  amount: 5,
  unit,
  anchor,
})
const hung = (anchorOn: string, lastDay: string | null = null) => ({
  anchorOn: on(anchorOn),
  lastDay: lastDay === null ? null : on(lastDay),
})
const shown = (limit: Limited, anchorOn: string, date: string) => {
  const { from, until } = benefitPeriodAt(limit, hung(anchorOn), on(date))
  return [from.toString(), until?.toString()]
}

test('calendar periods begin on the day, on Monday, on the first of the month and of the year', () => {
  const rows = [
    ['DAY', '2026-06-15', ['2026-06-15', '2026-06-16']],
    ['WEEK', '2026-06-14', ['2026-06-08', '2026-06-15']],
    ['WEEK', '2026-06-15', ['2026-06-15', '2026-06-22']],
    ['WEEK', '2027-01-01', ['2026-12-28', '2027-01-04']],
    ['MONTH', '2026-02-28', ['2026-02-01', '2026-03-01']],
    ['YEAR', '2026-12-31', ['2026-01-01', '2027-01-01']],
    ['MONTH', '1999-12-31', ['1999-12-01', '2000-01-01']],
  ] as const
  for (const [unit, date, expected] of rows) assert.deepEqual(shown(per(unit), '2026-01-31', date), expected)
})

test('periods from 31 January begin on 28 February, 31 March, 30 April and 31 May', () => {
  const starts = ['2026-02-27', '2026-02-28', '2026-03-30', '2026-03-31', '2026-04-30', '2026-05-31'].map(
    (date) => shown(per('MONTH', 'CONTRACT_START'), '2026-01-31', date)[0],
  )
  assert.deepEqual(starts, ['2026-01-31', '2026-02-28', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'])
})

test('a year from 29 February begins on the 28th, and on the 29th again in leap years', () => {
  const starts = ['2025-02-27', '2025-02-28', '2028-02-28', '2028-02-29'].map(
    (date) => shown(per('YEAR', 'CONTRACT_START'), '2024-02-29', date)[0],
  )
  assert.deepEqual(starts, ['2024-02-29', '2025-02-28', '2027-02-28', '2028-02-29'])
})

test('a total has one period, as long as the contract', () => {
  const total = { kind: 'TOTAL', amount: 3 } as const
  const { from, until } = benefitPeriodAt(total, hung('2026-01-31', '2026-12-31'), on('2026-06-15'))
  assert.deepEqual([from.toString(), until?.toString()], ['0001-01-01', '2027-01-01'])
  assert.equal(benefitPeriodAt(total, hung('2026-01-31'), on('2026-06-15')).until, null)
})

const anchors = ['2024-02-29', '2025-01-31', '2025-10-26', '2026-03-29', '2025-12-30', '2026-04-30', '2027-05-15']

test('whatever the anchor, the periods of six years lie end to end and each begins on its own day', () => {
  for (const unit of ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const) {
    for (const anchor of anchors) {
      for (const limit of [per(unit), per(unit, 'CONTRACT_START')]) {
        let before = benefitPeriodAt(limit, hung(anchor), on('2023-12-31'))
        for (let day = on('2024-01-01'); day.year < 2030; day = day.add({ days: 1 })) {
          const period = benefitPeriodAt(limit, hung(anchor), day)
          const isInside =
            Temporal.PlainDate.compare(period.from, day) <= 0 &&
            period.until !== null &&
            Temporal.PlainDate.compare(day, period.until) < 0
          assert.ok(isInside, `${unit} ${anchor} ${day}`)
          const isNew = period.from.equals(day)
          assert.ok(period.from.equals(isNew ? (before.until ?? day) : before.from), `${unit} ${anchor} ${day}`)
          before = period
        }
      }
    }
  }
})

test('months from an anchor begin on its day, or on the last day of a shorter month', () => {
  for (const anchor of anchors) {
    for (let k = 0; k < 72; k++) {
      const month = on('2024-01-01').add({ months: k })
      const day = Math.min(on(anchor).day, month.daysInMonth)
      const start = month.with({ day })
      assert.ok(benefitPeriodAt(per('MONTH', 'CONTRACT_START'), hung(anchor), start).from.equals(start), `${start}`)
    }
  }
})

test('a period begins with the local day, also on days of 23 and 25 hours', () => {
  const zones = ['Europe/Berlin', 'Europe/Lisbon', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Africa/Cairo']
  // Clocks change on these days or beside them.
  const days = ['2025-10-26', '2026-03-29', '2026-04-05', '2026-04-24', '2026-10-25', '2026-10-30']
  for (const zone of zones) {
    for (const day of days) {
      const midnight = startOfDay(on(day), zone)
      const startAt = (at: Temporal.Instant) => benefitPeriodAt(per('DAY'), hung(day), dateIn(at, zone)).from.toString()
      assert.equal(startAt(midnight), day)
      assert.equal(startAt(midnight.subtract({ nanoseconds: 1 })), on(day).subtract({ days: 1 }).toString())
      const next = startOfDay(on(day).add({ days: 1 }), zone)
      assert.equal(startAt(next.subtract({ nanoseconds: 1 })), day, `${zone} ${day}`)
    }
  }
})
