import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, berlin } from '../../test/support/scenes/booking-facts.ts'
import { closesAt, deadlineAt, opensAt, termAfter } from './term-rules.ts'

const same = (actual: Temporal.Instant, expected: string) => assert.equal(actual.toString(), at(expected).toString())

test('booking opens and closes with the local day for terms of days or longer', () => {
  const wednesday = at('2026-04-01T18:00+02:00')
  same(opensAt(wednesday, { value: 7, unit: 'DAY' }, berlin), '2026-03-25T00:00:00.000+01:00')
  same(opensAt(wednesday, { value: 1, unit: 'WEEK' }, berlin), '2026-03-25T00:00:00.000+01:00')
  same(closesAt(wednesday, { value: 1, unit: 'DAY' }, berlin), '2026-03-31T23:59:59.999+02:00')
})

test('months are clipped to the end of the month', () => {
  const lastOfMarch = at('2026-03-31T10:00+02:00')
  same(opensAt(lastOfMarch, { value: 1, unit: 'MONTH' }, berlin), '2026-02-28T00:00:00.000+01:00')
  same(opensAt(at('2028-02-29T10:00+01:00'), { value: 1, unit: 'YEAR' }, berlin), '2027-02-28T00:00+01:00')
})

test('hours and minutes are elapsed time', () => {
  const monday = at('2026-03-30T18:00+02:00')
  same(closesAt(monday, { value: 72, unit: 'HOURS' }, berlin), '2026-03-27T17:00+01:00')
  same(opensAt(monday, { value: 90, unit: 'MINUTES' }, berlin), '2026-03-30T16:30+02:00')
})

test('a deadline of a day keeps the wall-clock time, 24 hours do not', () => {
  const sunday = at('2026-03-29T10:00+02:00')
  same(deadlineAt(sunday, { value: 1, unit: 'DAY' }, berlin), '2026-03-28T10:00+01:00')
  same(deadlineAt(sunday, { value: 24, unit: 'HOURS' }, berlin), '2026-03-28T09:00+01:00')
})

test('a deadline in the spring gap moves forward, an ambiguous one takes the first pass', () => {
  same(deadlineAt(at('2026-03-30T02:30+02:00'), { value: 1, unit: 'DAY' }, berlin), '2026-03-29T03:30+02:00')
  same(deadlineAt(at('2026-10-26T02:30+01:00'), { value: 1, unit: 'DAY' }, berlin), '2026-10-25T02:30+02:00')
})

test('booking never closes after the start, and at the start without a term', () => {
  const start = at('2026-06-10T18:00+02:00')
  same(closesAt(start, { value: 0, unit: 'DAY' }, berlin), '2026-06-10T18:00+02:00')
  same(closesAt(start, null, berlin), '2026-06-10T18:00+02:00')
})

test('a deadline without length is the start itself, also in the second pass of an ambiguous hour', () => {
  const second = at('2026-10-25T02:30+01:00')
  same(deadlineAt(second, { value: 0, unit: 'DAY' }, berlin), '2026-10-25T02:30+01:00')
})

test('the term after a start mirrors the deadline', () => {
  same(termAfter(at('2026-03-28T10:00+01:00'), { value: 1, unit: 'DAY' }, berlin), '2026-03-29T10:00+02:00')
  same(termAfter(at('2026-01-31T10:00+01:00'), { value: 1, unit: 'MONTH' }, berlin), '2026-02-28T10:00+01:00')
})

test('a day that begins after midnight opens with its first moment', () => {
  // Cairo: clocks go from 00:00 to 01:00 on Friday 2026-04-24.
  same(opensAt(at('2026-04-25T10:00+03:00'), { value: 1, unit: 'DAY' }, 'Africa/Cairo'), '2026-04-24T01:00+03:00')
})
