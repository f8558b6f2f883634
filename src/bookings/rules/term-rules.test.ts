import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { at, berlin } from '../../../test/support/scenes/booking-facts.ts'
import { addTerm, dateIn } from '../../platform/time/zoned-time.ts'
import { closesAt, deadlineAt, opensAt, type Term, termAfter } from './term-rules.ts'

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

test('booking closes with the second pass where the last hour of a day repeats', () => {
  // Santiago: clocks go from 24:00 back to 23:00 on Saturday 2027-04-03.
  const sunday = at('2027-04-04T10:00-04:00')
  same(closesAt(sunday, { value: 1, unit: 'DAY' }, 'America/Santiago'), '2027-04-03T23:59:59.999-04:00')
})

/** Zones in which clocks change at, before and after midnight, by an hour or less, or never. */
const zones = [
  'America/Santiago',
  'America/Havana',
  'America/Asuncion',
  'Africa/Cairo',
  'Asia/Beirut',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Asia/Kolkata',
]
const units = ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const

test('in every zone a term of days opens with the first and closes with the last moment of its date', () => {
  const [from, until] = [at('2015-01-01T00:00Z').epochMilliseconds, at('2035-01-01T00:00Z').epochMilliseconds]
  const terms = fc.record({ value: fc.integer({ min: 1, max: 40 }), unit: fc.constantFrom(...units) })
  const holds = (ms: number, zone: string, term: Term & { readonly unit: (typeof units)[number] }) => {
    const start = Temporal.Instant.fromEpochMilliseconds(ms)
    const date = addTerm(dateIn(start, zone), -term.value, term.unit)
    const [opens, closes] = [opensAt(start, term, zone), closesAt(start, term, zone)]
    assert.equal(`${dateIn(opens, zone)} ${dateIn(closes, zone)}`, `${date} ${date}`)
    assert.ok(dateIn(opens.subtract({ milliseconds: 1 }), zone).toString() < date.toString())
    assert.ok(dateIn(closes.add({ milliseconds: 1 }), zone).toString() > date.toString())
  }
  fc.assert(fc.property(fc.integer({ min: from, max: until }), fc.constantFrom(...zones), terms, holds))
})

test('around each change of the clocks the day before closes just before the next day', () => {
  for (const zone of zones) {
    let at = Temporal.ZonedDateTime.from(`2015-01-01T12:00[${zone}]`)
    for (let n = 0; n < 30; n++) {
      const change = at.getTimeZoneTransition('next')
      if (change === null) break
      for (const days of [0, 1, 2]) {
        const start = change.add({ days }).withPlainTime('12:00').toInstant()
        const closes = closesAt(start, { value: 1, unit: 'DAY' }, zone)
        const today = start.toZonedDateTimeISO(zone).startOfDay()
        assert.equal(closes.until(today.toInstant(), { largestUnit: 'milliseconds' }).milliseconds, 1)
      }
      at = change
    }
  }
})
