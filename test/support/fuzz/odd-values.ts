import fc from 'fast-check'

const plain = [
  'Anna',
  'Kaʻahumanu',
  'anna@example.org',
  '<anna@example.org>',
  '+49 30 5550117',
  '(030) 5550117',
  'CHVB1-YL29-MYVA',
  'WELCOME50',
  'DE02 1203 0000 0000 2020 51',
  'BYLADEM1001',
  '1290158199',
  '21,00',
  'DE',
]

/** Signs that nobody sees, halves of characters, and what steers terminals and headers. */
const strange = [
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u202a', '\u202c', '\u202e', '\u2066', '\u2069'],
  ...['\u00ad', '\u061c', '\ufe0f', '\u00a0', '\u3000', '\u0085', '\u2028', '\u115f'],
  ...['\ud800', '\udc00', '\udfff\ud800', '\ud83d'],
  ...['\u0000', '\u0001', '\u001b[31m', '\u007f', '\r\nx-more: 1', '\t', '\u{e0041}', '\u{f0000}', '\u{10ffff}'],
]

const long = [
  'x'.repeat(70_000),
  '\u200b'.repeat(20_000),
  `a${'\u0301'.repeat(10_000)}`,
  '👩‍'.repeat(3_000),
  '('.repeat(30_000),
  '9'.repeat(400),
  'ﷺ'.repeat(2_000),
]

/** What people paste and hostile clients send in place of a text. */
const texts = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...plain), fc.constantFrom(...strange), fc.nat(4)).map(insert) },
  { weight: 2, arbitrary: fc.constantFrom(...strange) },
  { weight: 1, arbitrary: fc.constantFrom(...long) },
)

function insert([text, sign, at]: readonly [string, string, number]): string {
  return text.slice(0, at * 3) + sign + text.slice(at * 3)
}

/** Dates and times that some calendar, clock or program knows. */
const times = fc.constantFrom(
  ...['24:00', '2026-06-15T24:00:00+02:00', '2026-06-15T23:59:60Z', '2026-06-15T10:00', '2026-06-15 10:00:00+02:00'],
  ...['2026-02-30', '2025-02-29', '0000-01-01', '-000001-01-01', '+275760-09-13', '-271821-04-20', '10000-01-01'],
  ...[
    '9999-12-31',
    '9999-12-31T23:59:59Z',
    '1582-10-10',
    '1900-02-29',
    '2026-6-15',
    '15.06.2026',
    '20260615',
    '2026-W25',
  ],
  ...[
    '2026-06-15T10:00:00+25:00',
    '2026-06-15T10:00:00-00:00',
    '2026-06-15T10:00:00.1234567891Z',
    '2026-06-15t10:00:00z',
  ],
  ...[
    '2026-03-29T02:30:00[Europe/Berlin]',
    '2026-03-29T02:30:00+01:00[Europe/Berlin]',
    '2026-10-25T02:30:00+02:00[UTC]',
  ],
  ...[
    '2026-06-15T10:00:00+02:00[Mars/Olympus]',
    '2026-06-15T10:00:00+02:00[',
    '2026-06-15[u-ca=hebrew]',
    '２０２６-06-15',
  ],
  ...[' 2026-06-15 ', 'today', '1781510400', '1781510400000', 'P1D', 'P99999999999Y', 'null', 'NaN-NaN-NaN'],
)

const numbers = fc.constantFrom<unknown>(
  ...[-0, 5e-324, 1e21, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 + 2, 2 ** 63, 0.1 + 0.2, 29.999, 1e-7, -0.004],
  ...['21,00', '1 000', '1.000,00', '0x10', '1e3', '+1', '٣', 'NaN', 'Infinity', '-', '.', '1'.repeat(400)],
)

/** Stands where a valid value stood. */
export const oddValues: fc.Arbitrary<unknown> = fc.oneof(texts, times, numbers)

/** Names that no declaration has, and that are something to a program. */
const fields = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
  'a.b',
  '0',
  '\ud800',
  'n'.repeat(2_000),
)

/** An object as clients make it that send every field they know: with nulls for what they have not, or with more fields. */
export function padObject(value: object): fc.Arbitrary<object> {
  const nulls = fc.constant(Object.fromEntries(Object.keys(value).map((name) => [name, null])))
  const more = fc.tuple(fields, oddValues).map(([name, odd]) => ({ ...value, [name]: odd }))
  return fc.oneof(nulls, more)
}
