import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { at, berlin, closing, on, weekly } from '../../test/support/scenes/booking-facts.ts'
import { closingIntervals, isClosed, isOpen, openIntervals, type WeeklyRow } from './opening-rules.ts'

interface Hours {
  readonly openingRows: readonly WeeklyRow[]
  readonly closings: readonly ReturnType<typeof closing>[]
}

function isOpenOn(hours: Partial<Hours>, from: string, until: string): boolean {
  const start = at(from)
  const end = at(until)
  const date = (one: Temporal.Instant) => one.toZonedDateTimeISO(berlin).toPlainDate()
  const dates = { fromDate: date(start), untilDate: date(end) }
  const intervals = openIntervals({ openingRows: [], closings: [], ...hours }, dates, berlin)
  return isOpen(intervals, start.epochMilliseconds, end.epochMilliseconds)
}

test('the rows apply to each day of their range, which may run over Sunday', () => {
  const weekdays = { openingRows: [weekly(1, 5, '06:00', '23:00')] }
  assert.ok(isOpenOn(weekdays, '2026-06-12T06:00+02:00', '2026-06-12T23:00+02:00'))
  assert.ok(!isOpenOn(weekdays, '2026-06-12T22:30+02:00', '2026-06-12T23:01+02:00'))
  assert.ok(!isOpenOn(weekdays, '2026-06-13T10:00+02:00', '2026-06-13T11:00+02:00'))
  const weekend = { openingRows: [weekly(6, 1, '08:00', '20:00')] }
  for (const day of ['13', '14', '15']) {
    assert.ok(isOpenOn(weekend, `2026-06-${day}T08:00+02:00`, `2026-06-${day}T09:00+02:00`))
  }
  assert.ok(!isOpenOn(weekend, '2026-06-16T08:00+02:00', '2026-06-16T09:00+02:00'))
})

test('a studio that is always open has no seam at midnight', () => {
  const round = { openingRows: [weekly(1, 7, '00:00', '00:00')] }
  assert.ok(isOpenOn(round, '2026-06-12T23:30+02:00', '2026-06-13T00:30+02:00'))
  assert.ok(isOpenOn(round, '2026-03-28T23:30+01:00', '2026-03-29T04:00+02:00'))
  assert.ok(isOpenOn({}, '2026-06-12T23:30+02:00', '2026-06-13T00:30+02:00'))
})

test('times may run over midnight and equal times are 24 hours', () => {
  const friday = { openingRows: [weekly(5, 5, '20:00', '02:00')] }
  assert.ok(isOpenOn(friday, '2026-06-12T23:30+02:00', '2026-06-13T02:00+02:00'))
  assert.ok(isOpenOn(friday, '2026-06-13T01:00+02:00', '2026-06-13T02:00+02:00'))
  assert.ok(!isOpenOn(friday, '2026-06-13T01:00+02:00', '2026-06-13T02:01+02:00'))
  const day = { openingRows: [weekly(5, 5, '09:00', '09:00')] }
  assert.ok(isOpenOn(day, '2026-06-12T09:00+02:00', '2026-06-13T09:00+02:00'))
  assert.ok(!isOpenOn(day, '2026-06-13T08:30+02:00', '2026-06-13T09:30+02:00'))
})

test('touching rows join, also when the later one is listed first', () => {
  const split = { openingRows: [weekly(1, 7, '14:00', '20:00'), weekly(1, 7, '08:00', '14:00')] }
  assert.ok(isOpenOn(split, '2026-06-12T13:30+02:00', '2026-06-12T14:30+02:00'))
  const pause = { openingRows: [weekly(1, 7, '14:01', '20:00'), weekly(1, 7, '08:00', '14:00')] }
  assert.ok(!isOpenOn(pause, '2026-06-12T13:30+02:00', '2026-06-12T14:30+02:00'))
})

test('a closing period cuts the opening hours, half-open, also where there are no rows', () => {
  const noon = { closings: [closing('2026-06-12T12:00', '2026-06-12T13:00')] }
  assert.ok(isOpenOn(noon, '2026-06-12T11:00+02:00', '2026-06-12T12:00+02:00'))
  assert.ok(isOpenOn(noon, '2026-06-12T13:00+02:00', '2026-06-12T14:00+02:00'))
  assert.ok(!isOpenOn(noon, '2026-06-12T11:00+02:00', '2026-06-12T12:01+02:00'))
  assert.ok(!isOpenOn(noon, '2026-06-12T11:00+02:00', '2026-06-12T14:00+02:00'))
})

test('a row with dates holds only on the days on which it begins within them', () => {
  const row = { ...weekly(1, 7, '20:00', '02:00'), validFrom: on('2026-06-10'), validTo: on('2026-06-11') }
  assert.ok(!isOpenOn({ openingRows: [row] }, '2026-06-09T21:00+02:00', '2026-06-09T22:00+02:00'))
  assert.ok(isOpenOn({ openingRows: [row] }, '2026-06-12T01:00+02:00', '2026-06-12T02:00+02:00'))
  assert.ok(!isOpenOn({ openingRows: [row] }, '2026-06-12T21:00+02:00', '2026-06-12T22:00+02:00'))
})

test('an event meets a closing period when they share a moment', () => {
  const closings = closingIntervals([closing('2026-06-12T12:00', '2026-06-12T13:00')], berlin)
  const ms = (text: string) => at(text).epochMilliseconds
  assert.ok(!isClosed(closings, ms('2026-06-12T11:00+02:00'), ms('2026-06-12T12:00+02:00')))
  assert.ok(isClosed(closings, ms('2026-06-12T11:00+02:00'), ms('2026-06-12T12:01+02:00')))
  assert.ok(isClosed(closings, ms('2026-06-12T12:30+02:00'), ms('2026-06-12T12:30+02:00')))
  assert.ok(!isClosed(closings, ms('2026-06-12T13:00+02:00'), ms('2026-06-12T14:00+02:00')))
})

const dayNumber = fc.integer({ min: 1, max: 7 })
const quarter = fc.integer({ min: 0, max: 95 }).map((n) => Temporal.PlainTime.from('00:00').add({ minutes: 15 * n }))
const rows = fc.array(fc.record({ dayFrom: dayNumber, dayTo: dayNumber, timeFrom: quarter, timeTo: quarter }), {
  minLength: 1,
  maxLength: 3,
})
const closingQuarters = fc.tuple(fc.integer({ min: -48, max: 240 }), fc.integer({ min: 0, max: 60 }))

/** Reads one minute of the clock against the rows, without any interval. */
function isOpenMinute(hours: Hours, at: Temporal.ZonedDateTime): boolean {
  const local = at.toPlainDateTime()
  const compare = (a: Temporal.PlainDateTime, b: Temporal.PlainDateTime) => Temporal.PlainDateTime.compare(a, b)
  const has = (row: WeeklyRow, day: Temporal.PlainDate) => {
    for (let d = row.dayFrom; ; d = (d % 7) + 1) {
      if (d === day.dayOfWeek) return true
      if (d === row.dayTo) return false
    }
  }
  const inRow = (row: WeeklyRow) =>
    [0, 1].some((back) => {
      const day = local.toPlainDate().subtract({ days: back })
      const from = day.toPlainDateTime(row.timeFrom)
      const later = Temporal.PlainTime.compare(row.timeTo, row.timeFrom) <= 0
      const until = (later ? day.add({ days: 1 }) : day).toPlainDateTime(row.timeTo)
      return has(row, day) && compare(from, local) <= 0 && compare(local, until) < 0
    })
  const closed = hours.closings.some((one) => compare(one.from, local) <= 0 && compare(local, one.until) < 0)
  return hours.openingRows.some(inRow) && !closed
}

test('merged intervals agree with reading the clock minute by minute', () => {
  const property = fc.property(rows, fc.array(closingQuarters, { maxLength: 2 }), (openingRows, closed) => {
    const base = Temporal.PlainDateTime.from('2026-06-10T00:00')
    const closings = closed.map(([from, length]) => ({
      from: base.add({ minutes: 15 * from }),
      until: base.add({ minutes: 15 * (from + length) }),
    }))
    const hours = { openingRows, closings }
    const dates = { fromDate: on('2026-06-10'), untilDate: on('2026-06-11') }
    const intervals = openIntervals(hours, dates, berlin)
    for (let minute = 0; minute < 2880; minute += 15) {
      const zoned = base.add({ minutes: minute }).toZonedDateTime(berlin)
      const ms = zoned.epochMilliseconds
      // Only quarters are edges, so one minute stands for its quarter of an hour.
      assert.equal(isOpen(intervals, ms, ms + 900_000), isOpenMinute(hours, zoned), zoned.toString())
    }
    for (const [k, one] of intervals.entries()) assert.ok(k === 0 || (intervals[k - 1]?.until ?? 0) < one.from)
  })
  fc.assert(property, { numRuns: 40 })
})

test('on the days of the clock change the hours follow the wall clock', () => {
  const night = { openingRows: [weekly(1, 7, '00:00', '04:00')] }
  const length = (date: string) => {
    const dates = { fromDate: on(date), untilDate: on(date) }
    const intervals = openIntervals({ ...night, closings: [] }, dates, berlin)
    const last = intervals.at(-1)
    return last && (last.until - last.from) / 3_600_000
  }
  assert.equal(length('2026-03-28'), 4)
  assert.equal(length('2026-03-29'), 3)
  assert.equal(length('2026-10-25'), 5)
  const gap = { openingRows: [weekly(7, 7, '02:30', '05:00')] }
  assert.ok(isOpenOn(gap, '2026-03-29T03:30+02:00', '2026-03-29T05:00+02:00'))
  assert.ok(!isOpenOn(gap, '2026-03-29T03:00+02:00', '2026-03-29T05:00+02:00'))
})
