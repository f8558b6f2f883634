import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { at, berlin, on } from '../../../test/support/scenes/booking-facts.ts'
import { gridStarts, isOnGrid } from './grid-rules.ts'
import { datesIn, dayInterval } from '../../platform/time/calendar.ts'

const half = { gridMin: 30, gridOffsetMin: 0 }

function listStarts(date: string, grid = half, zone = berlin): string[] {
  return gridStarts(dayInterval(on(date), zone), grid, zone).map((ms) =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO(zone)
      .toString({ timeZoneName: 'never', smallestUnit: 'minute' }),
  )
}

test('a day has 48 half hours, 46 in spring and 50 in autumn', () => {
  assert.equal(listStarts('2026-03-28').length, 48)
  const spring = listStarts('2026-03-29')
  assert.equal(spring.length, 46)
  assert.ok(!spring.some((start) => start.startsWith('2026-03-29T02:')))
  assert.ok(spring.includes('2026-03-29T01:30+01:00') && spring.includes('2026-03-29T03:00+02:00'))
  const autumn = listStarts('2026-10-25')
  assert.equal(autumn.length, 50)
  const twice = autumn.filter((start) => start.startsWith('2026-10-25T02:'))
  assert.deepEqual(twice, [
    '2026-10-25T02:00+02:00',
    '2026-10-25T02:30+02:00',
    '2026-10-25T02:00+01:00',
    '2026-10-25T02:30+01:00',
  ])
})

test('a grid of 45 minutes leaves out the wall times that do not exist', () => {
  const starts = listStarts('2026-03-29', { gridMin: 45, gridOffsetMin: 0 })
  assert.equal(starts.length, 31)
  assert.deepEqual(starts.slice(0, 5), [
    '2026-03-29T00:00+01:00',
    '2026-03-29T00:45+01:00',
    '2026-03-29T01:30+01:00',
    '2026-03-29T03:00+02:00',
    '2026-03-29T03:45+02:00',
  ])
})

test('an offset shifts the grid', () => {
  assert.deepEqual(listStarts('2026-06-10', { gridMin: 720, gridOffsetMin: 430 }), [
    '2026-06-10T07:10+02:00',
    '2026-06-10T19:10+02:00',
  ])
})

test('a day whose midnight does not exist begins on the grid after it', () => {
  const starts = listStarts('2026-04-24', half, 'Africa/Cairo')
  assert.deepEqual([starts.length, starts[0]], [46, '2026-04-24T01:00+03:00'])
})

test('an instant is on the grid only to the full minute', () => {
  assert.ok(isOnGrid(at('2026-06-10T10:30+02:00'), half, berlin))
  for (const off of ['10:31:00', '10:30:01', '10:30:00.001', '10:30:00.000000001']) {
    assert.ok(!isOnGrid(at(`2026-06-10T${off}+02:00`), half, berlin), off)
  }
})

test('the starts of a day are exactly its minutes on the grid, whatever the clocks do', () => {
  const days: readonly (readonly [string, string])[] = [
    ['2026-06-10', berlin],
    ['2026-03-29', berlin],
    ['2026-10-25', berlin],
    ['2026-04-24', 'Africa/Cairo'],
    ['2026-10-04', 'Australia/Lord_Howe'],
    ['2026-04-05', 'Australia/Lord_Howe'],
    ['2026-06-10', 'Asia/Kathmandu'],
  ]
  const grids = fc
    .constantFrom(5, 15, 20, 30, 45, 60, 90)
    .chain((gridMin) => fc.integer({ min: 0, max: gridMin - 1 }).map((gridOffsetMin) => ({ gridMin, gridOffsetMin })))
  const property = fc.property(fc.constantFrom(...days), grids, ([date, zone], grid) => {
    const day = dayInterval(on(date), zone)
    const expected: number[] = []
    for (let ms = day.from; ms < day.until; ms += 60_000) {
      if (isOnGrid(Temporal.Instant.fromEpochMilliseconds(ms), grid, zone)) expected.push(ms)
    }
    assert.deepEqual(gridStarts(day, grid, zone), expected)
  })
  fc.assert(property, { numRuns: 30 })
})

test('a range has its first and last date, a reversed one none', () => {
  const dates = (from: string, until: string) => datesIn({ fromDate: on(from), untilDate: on(until) }).map(String)
  assert.deepEqual(dates('2026-02-27', '2026-03-01'), ['2026-02-27', '2026-02-28', '2026-03-01'])
  assert.deepEqual(dates('2026-03-01', '2026-02-27'), [])
})
