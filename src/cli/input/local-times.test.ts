import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseEndDateTime, parseEndTime } from './local-times.ts'
import { parseOpeningHours } from './opening-hours-file.ts'
import { parseShifts } from './shifts-file.ts'

test('24:00 ends at the end of the day, which is kept as 00:00; other times stay', () => {
  for (const text of ['24:00', '24:00:00', '24:00:00.000', '00:00'])
    assert.equal(String(parseEndTime(text)), '00:00:00')
  assert.equal(String(parseEndTime('23:59')), '23:59:00')
  for (const text of ['24:01', '24:00:01', '25:00', '24'])
    assert.throws(() => parseEndTime(text), /A time is written as 18:30/)
})

test('a date with 24:00 is the first moment of the next date, also at the end of a year', () => {
  assert.equal(String(parseEndDateTime('2026-12-31T24:00')), '2027-01-01T00:00:00')
  assert.equal(String(parseEndDateTime('2026-12-24T18:00')), '2026-12-24T18:00:00')
  assert.throws(() => parseEndDateTime('2026-02-29T24:00'), /A date is written as/)
})

test('hours, closings, categories and shifts may end at 24:00, but not begin there', () => {
  const span = { timeFrom: '00:00', timeTo: '24:00' }
  const { hours, closings, categories } = parseOpeningHours(
    JSON.stringify({
      hours: [{ dayFrom: 'MONDAY', ...span }],
      closings: [{ reason: 'Eve', from: '2026-12-31T18:00', to: '2026-12-31T24:00' }],
      categories: [{ name: 'Always', times: [{ day: 'SUNDAY', ...span }] }],
    }),
  )
  const shifts = parseShifts(JSON.stringify([{ weekday: 'MONDAY', ...span }]))
  const ends = [hours?.[0]?.timeTo, closings?.[0]?.toLocal, categories?.[0]?.times[0]?.timeTo, shifts[0]?.timeTo]
  assert.deepEqual(ends.map(String), ['00:00:00', '2027-01-01T00:00:00', '00:00:00', '00:00:00'])
  const late = JSON.stringify([{ weekday: 'MONDAY', timeFrom: '24:00', timeTo: '06:00' }])
  assert.throws(() => parseShifts(late), /\[0\]\.timeFrom/)
})
