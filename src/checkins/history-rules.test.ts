import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeHistory } from './history-rules.ts'

const date = (text: string | undefined) => (text === undefined ? undefined : Temporal.PlainDate.from(text))

function printDates(from: string | undefined, to: string | undefined, today = '2026-03-31'): string {
  const verdict = judgeHistory({ from: date(from), to: date(to) }, Temporal.PlainDate.from(today))
  return verdict.kind === 'TOO_LONG' ? verdict.kind : `${verdict.kind} ${verdict.from} ${verdict.to}`
}

test('the last month unless days are given, and 365 days at most', () => {
  assert.equal(printDates(undefined, undefined), 'DATES 2026-02-28 2026-03-31')
  assert.equal(printDates('2024-02-29', '2025-02-28'), 'DATES 2024-02-29 2025-02-28')
  assert.equal(printDates('2024-02-29', '2025-03-01'), 'TOO_LONG')
  assert.equal(printDates(undefined, '2026-01-31'), 'DATES 2025-12-31 2026-01-31')
  assert.equal(printDates('2026-02-02', '2026-02-01'), 'ORDER 2026-02-02 2026-02-01')
  assert.equal(printDates('2026-02-01', '2026-02-01'), 'DATES 2026-02-01 2026-02-01')
})

test('a first day alone reaches to today, for 365 days at most, and never back', () => {
  assert.equal(printDates('2026-01-01', undefined), 'DATES 2026-01-01 2026-03-31')
  assert.equal(printDates('2020-01-01', undefined), 'DATES 2020-01-01 2020-12-31')
  assert.equal(printDates('2026-05-01', undefined), 'DATES 2026-05-01 2026-05-01')
})
