import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findSharedDate, firstDateFrom, takeOverDate } from './series-date-rules.ts'
import { type ClassSeries, takesPlaceOn } from './series-rules.ts'

const on = (text: string) => Temporal.PlainDate.from(text)
const monday: ClassSeries = {
  weekdays: [1],
  localTime: Temporal.PlainTime.from('18:00'),
  durationMin: 45,
  everyNWeeks: 1,
  fromDate: on('2026-06-01'),
  toDate: null,
}
const series = (changes: Partial<ClassSeries>): ClassSeries => ({ ...monday, ...changes })
const first = (changes: Partial<ClassSeries>, date: string) => firstDateFrom(series(changes), on(date))?.toString()
const shared = (a: Partial<ClassSeries>, b: Partial<ClassSeries>, date = '2026-06-01') =>
  findSharedDate(series(a), series(b), on(date))?.toString()

test('a series has a first date, unless its dates lie between two of its weekdays', () => {
  assert.equal(first({}, '2026-06-02'), '2026-06-08')
  assert.equal(first({ fromDate: on('2026-12-01'), toDate: on('2026-12-06') }, '2026-11-01'), undefined)
  assert.equal(first({ fromDate: on('2026-12-01'), toDate: on('2026-12-07') }, '2026-11-01'), '2026-12-07')
  assert.equal(first({ toDate: on('2026-06-30') }, '2026-07-01'), undefined)
  assert.equal(first({ everyNWeeks: 2, fromDate: on('2026-06-03') }, '2026-06-03'), '2026-06-15')
  assert.equal(first({ everyNWeeks: 1_000_000, fromDate: on('2026-06-03') }, '2026-06-03'), undefined)
})

test('two series share a date when weekday, week and time are the same', () => {
  assert.equal(shared({}, {}), '2026-06-01')
  assert.equal(shared({}, { weekdays: [1, 3] }, '2026-06-02'), '2026-06-08')
  assert.equal(shared({}, { weekdays: [3] }), undefined)
  assert.equal(shared({}, { localTime: Temporal.PlainTime.from('18:15') }), undefined)
  assert.equal(shared({ toDate: on('2026-06-30') }, { fromDate: on('2026-07-01') }), undefined)
  const fortnight = { everyNWeeks: 2 }
  assert.equal(shared(fortnight, { ...fortnight, fromDate: on('2026-06-08') }), undefined)
  assert.equal(shared(fortnight, { everyNWeeks: 3, fromDate: on('2026-06-08') }), '2026-06-29')
})

test('what two series share is what a check of each of their dates finds', () => {
  const days = fc.integer({ min: 0, max: 60 }).map((n) => on('2026-06-01').add({ days: n }))
  const recurrences = fc
    .record({
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
      everyNWeeks: fc.integer({ min: 1, max: 5 }),
      fromDate: days,
      length: fc.option(fc.integer({ min: 0, max: 120 })),
    })
    .map(({ length, ...same }) =>
      series({ ...same, toDate: length === null ? null : same.fromDate.add({ days: length }) }),
    )
  const findDate = (date: Temporal.PlainDate, holds: (one: Temporal.PlainDate) => boolean) =>
    Array.from({ length: 400 }, (_, n) => date.add({ days: n }))
      .find(holds)
      ?.toString()
  fc.assert(
    fc.property(recurrences, recurrences, days, (a, b, date) => {
      assert.equal(
        firstDateFrom(a, date)?.toString(),
        findDate(date, (one) => takesPlaceOn(a, one)),
      )
      const both = findDate(date, (one) => takesPlaceOn(a, one) && takesPlaceOn(b, one))
      assert.equal(findSharedDate(a, b, date)?.toString(), both)
      assert.equal(findSharedDate(b, a, date)?.toString(), both)
    }),
  )
})

test('a change takes over on its date, in a skipped week with the Monday of the next one', () => {
  const fortnight = series({ everyNWeeks: 2 })
  assert.equal(String(takeOverDate(fortnight, on('2026-06-03'))), '2026-06-03')
  assert.equal(String(takeOverDate(fortnight, on('2026-06-10'))), '2026-06-15')
})
