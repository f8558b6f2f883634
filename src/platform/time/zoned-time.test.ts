import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addMonths,
  addTerm,
  dateIn,
  instantAt,
  isZone,
  parseDate,
  parseDateTime,
  printer,
  startOfDay,
} from './zoned-time.ts'

const berlin = 'Europe/Berlin'
const bracketed = printer('CONTRACT')
const rfc3339 = printer('RFC3339')
const zones = [
  berlin,
  'Europe/London',
  'Europe/Lisbon',
  'Europe/Amsterdam',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'UTC',
]
const at = (text: string) => Temporal.Instant.from(text)
const on = (text: string) => Temporal.PlainDate.from(text)
const time = (text: string) => Temporal.PlainTime.from(text)
const byTemporal = (instant: Temporal.Instant, zone: string) =>
  instant.toZonedDateTimeISO(zone).toString({ fractionalSecondDigits: 3 }).replace('+00:00[', 'Z[')

test('the offset of a request fixes the moment, whatever the bracket says', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['2026-06-15T10:00:00+02:00[Europe/Berlin]', '2026-06-15T08:00:00Z', '2026-06-15T10:00:00.000+02:00'],
    ['2026-06-15T10:00:00+01:00[Europe/Berlin]', '2026-06-15T09:00:00Z', '2026-06-15T11:00:00.000+02:00'],
    ['2026-01-15T09:00:00Z', '2026-01-15T09:00:00Z', '2026-01-15T10:00:00.000+01:00'],
    ['2026-10-25T02:30+01:00', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00.000+01:00'],
    ['2026-06-15T10:00:00.123456789-00:30', '2026-06-15T10:30:00.123456789Z', '2026-06-15T12:30:00.123+02:00'],
  ]
  for (const [input, moment, printed] of cases) {
    const parsed = parseDateTime(input)
    assert.equal(parsed?.toString(), moment)
    assert.equal(bracketed.dateTime(parsed, berlin), `${printed}[Europe/Berlin]`)
    assert.equal(rfc3339.dateTime(parsed, berlin), printed)
  }
})

test('a text that is not exactly a date-time with an offset is refused', () => {
  for (const text of [
    '2026-06-15T10:00:00',
    '2026-06-15 10:00+02:00',
    '2026-06-15T10:00:00+02:00[Mars/Base]',
    '2026-06-15T10:00:00+02:00[+02:00]',
    '2026-06-15T10:00:00+02:00[Europe/Berlin',
    '2026-06-15T10:00:00+0200',
    '2026-06-15T10:00:00z',
    '2026-06-15t10:00:00Z',
    '2026-06-15T10Z',
    '2026-06-15T24:00:00Z',
    '2026-06-15T10:00:60Z',
    '2026-06-15T10:00:00.Z',
    '2026-06-15T10:00:00.1234567890Z',
    '2026-06-15T10:00:00+24:00',
    '2026-02-29T10:00:00Z',
    '1899-12-31T10:00:00Z',
    '2200-01-01T10:00:00Z',
    ' 2026-06-15T10:00:00Z',
    '',
  ]) {
    assert.equal(parseDateTime(text), undefined, text)
  }
})

test('only real calendar dates of 1900 to 2199 are dates', () => {
  assert.equal(parseDate('2024-02-29')?.toString(), '2024-02-29')
  assert.equal(parseDate('1900-01-01')?.toString(), '1900-01-01')
  assert.equal(parseDate('2199-12-31')?.toString(), '2199-12-31')
  for (const text of ['2026-02-29', '1899-12-31', '2200-01-01', '2026-2-01', '20260201', '2026-06-15T00:00', '']) {
    assert.equal(parseDate(text), undefined, text)
  }
})

test('each form of the table is printed as its example shows', () => {
  assert.equal(bracketed.dateTime(at('2026-01-15T09:00Z'), 'Europe/London'), '2026-01-15T09:00:00.000Z[Europe/London]')
  assert.equal(rfc3339.dateTime(at('2026-01-15T09:00Z'), 'Europe/London'), '2026-01-15T09:00:00.000Z')
  assert.equal(bracketed.plainOffset(at('2023-12-03T09:15:30.9Z'), berlin), '2023-12-03T10:15:30+01:00')
  assert.equal(bracketed.utc(at('2024-06-13T10:33:00.5Z')), '2024-06-13T10:33:00Z')
  assert.equal(bracketed.utcMicros(at('2025-01-07T16:25:09.416924Z')), '2025-01-07T16:25:09.416924Z')
  const closing = Temporal.PlainDateTime.from('2026-12-24T00:00')
  assert.equal(bracketed.local(closing, berlin), '2026-12-24T00:00:00')
  assert.equal(rfc3339.local(closing, berlin), '2026-12-24T00:00:00+01:00')
})

test('printed moments and dates equal those of Temporal in every zone and year', () => {
  const moments = fc.integer({
    min: at('1900-01-01T00:00Z').epochMilliseconds,
    max: at('2199-12-31T23:59:59.999Z').epochMilliseconds,
  })
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (ms, zone) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(ms)
      assert.equal(bracketed.dateTime(instant, zone), byTemporal(instant, zone))
      assert.ok(dateIn(instant, zone).equals(instant.toZonedDateTimeISO(zone).toPlainDate()))
    }),
    { numRuns: 500 },
  )
})

test('printed moments and dates equal those of Temporal around each change of the offset', () => {
  for (const zone of zones) {
    for (const start of ['2026-01-01T00:00Z', '2026-07-01T00:00Z']) {
      const change = at(start).toZonedDateTimeISO(zone).getTimeZoneTransition('next')?.toInstant() ?? at(start)
      for (const shift of [-3_600_000, -1, 0, 1, 3_600_000]) {
        const instant = change.add({ milliseconds: shift })
        assert.equal(bracketed.dateTime(instant, zone), byTemporal(instant, zone))
        assert.ok(dateIn(instant, zone).equals(instant.toZonedDateTimeISO(zone).toPlainDate()))
      }
    }
  }
})

test('a wall time in the spring gap moves forward, an ambiguous one is the earlier', () => {
  const gap = instantAt(on('2026-03-29'), time('02:30'), berlin)
  assert.equal(bracketed.dateTime(gap, berlin), '2026-03-29T03:30:00.000+02:00[Europe/Berlin]')
  const twice = instantAt(on('2026-10-25'), time('02:30'), berlin)
  assert.equal(twice.toString(), '2026-10-25T00:30:00Z')
  assert.equal(bracketed.dateTime(twice, berlin), '2026-10-25T02:30:00.000+02:00[Europe/Berlin]')
})

test('wall times and days begin when Temporal says, near changes of the clocks and far from them', () => {
  const days = fc.integer({ min: -60, max: 400 })
  const anchors = fc.constantFrom('2026-03-29', '2026-10-25', '2011-12-30', '2018-11-04', '1910-01-01', '0099-03-01')
  const times = fc.record({
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    millisecond: fc.constantFrom(0, 999),
    microsecond: fc.constantFrom(0, 0, 0, 1),
  })
  const property = fc.property(fc.constantFrom(...zones), anchors, days, times, (zone, anchor, n, fields) => {
    const date = on(anchor).add({ days: n })
    const wall = Temporal.PlainTime.from(fields)
    const expected = date.toPlainDateTime(wall).toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant()
    assert.equal(instantAt(date, wall, zone).toString(), expected.toString())
    assert.equal(startOfDay(date, zone).toString(), date.toZonedDateTime(zone).toInstant().toString())
  })
  fc.assert(property, { numRuns: 1000 })
})

test('a day starts at its first moment and a moment lies on its local date', () => {
  assert.equal(startOfDay(on('2026-06-15'), berlin).toString(), '2026-06-14T22:00:00Z')
  // Midnight did not exist in São Paulo on this day.
  assert.equal(startOfDay(on('2018-11-04'), 'America/Sao_Paulo').toString(), '2018-11-04T03:00:00Z')
  assert.equal(dateIn(at('2026-06-14T22:00Z'), berlin).toString(), '2026-06-15')
  assert.equal(dateIn(at('2026-06-14T21:59:59.999Z'), berlin).toString(), '2026-06-14')
})

test('months are counted from the anchor and clip to the end of the month', () => {
  const january = on('2026-01-31')
  assert.equal(addMonths(january, 1).toString(), '2026-02-28')
  assert.equal(addMonths(january, 2).toString(), '2026-03-31')
  assert.equal(addMonths(january, 3).toString(), '2026-04-30')
  assert.equal(addMonths(january, 13).toString(), '2027-02-28')
  assert.equal(addMonths(on('2028-02-29'), 12).toString(), '2029-02-28')
  assert.equal(addMonths(on('2028-02-29'), 48).toString(), '2032-02-29')
  assert.equal(addTerm(january, 1, 'MONTH').toString(), '2026-02-28')
  assert.equal(addTerm(january, -11, 'MONTH').toString(), '2025-02-28')
  assert.equal(addTerm(on('2028-02-29'), 1, 'YEAR').toString(), '2029-02-28')
  assert.equal(addTerm(january, 2, 'WEEK').toString(), '2026-02-14')
  assert.equal(addTerm(january, 1, 'DAY').toString(), '2026-02-01')
})

test('a zone is known by its IANA name only', () => {
  assert.ok(isZone('Europe/Zurich') && isZone('UTC'))
  for (const zone of ['+02:00', 'Mars/Base', '', '2026-01-01T00:00Z']) assert.ok(!isZone(zone), zone)
})
