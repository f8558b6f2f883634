import { earlierDate, isAfter, isBefore } from '../platform/time/order.ts'
import iconv from 'iconv-lite'
import { stringify } from 'csv-stringify/sync'
import { formatAmount } from '../platform/values/money.ts'
import type { ExportRow } from './row-rules.ts'

/** With what a booking batch begins. */
export interface Batch {
  readonly consultant: string
  readonly client: string
  /** Digits of the accounts of the books; those of customers have one more. */
  readonly accountLength: number
  /** First day of the fiscal year, of which a batch has one alone. */
  readonly fiscalYear: Temporal.PlainDate
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  readonly currency: string
}

const headings = [
  'Umsatz (ohne Soll/Haben-Kz)',
  'Soll/Haben-Kennzeichen',
  'WKZ Umsatz',
  'Kurs',
  'Basis-Umsatz',
  'WKZ Basis-Umsatz',
  'Konto',
  'Gegenkonto (ohne BU-Schlüssel)',
  'BU-Schlüssel',
  'Belegdatum',
  'Belegfeld 1',
  'Belegfeld 2',
  'Skonto',
  'Buchungstext',
]
const LONGEST_TEXT = 60

const numeric = (value: string | number) => ({ value: String(value), isText: false })
const quoted = (value: string) => ({ value, isText: true })
type Cell = ReturnType<typeof numeric>

/** A booking batch of DATEV: Windows-1252, text in quotes, numbers without. The same batch has the same bytes at any time. */
export async function* writeDatev(rows: AsyncIterable<readonly ExportRow[]>, batch: Batch): AsyncGenerator<Uint8Array> {
  yield encode([header(batch), headings.map(numeric)])
  for await (const page of rows) if (page.length > 0) yield encode(page.map(booking))
}

function encode(lines: readonly (readonly Cell[])[]): Uint8Array {
  const cast = { object: ({ value, isText }: Cell) => ({ value, quoted: isText, quoted_empty: isText }) }
  const text = stringify(lines as Cell[][], {
    delimiter: ';',
    record_delimiter: '\r\n',
    cast: { object: (cell) => cast.object(cell as Cell) },
  })
  return iconv.encode(text, 'win1252')
}

const compact = (day: Temporal.PlainDate) => day.toString().replaceAll('-', '')

function header(batch: Batch): readonly Cell[] {
  // When it was made would make each copy another one: it says the day after its last.
  const made = `${compact(batch.to.add({ days: 1 }))}000000000`
  return [
    ...[quoted('EXTF'), numeric(700), numeric(21), quoted('Buchungsstapel'), numeric(13), numeric(made), numeric('')],
    ...[quoted('RE'), quoted(''), quoted(''), numeric(batch.consultant), numeric(batch.client)],
    ...[numeric(compact(batch.fiscalYear)), numeric(batch.accountLength), numeric(compact(batch.from))],
    ...[numeric(compact(batch.to)), quoted('Palestra'), quoted(''), numeric(1), numeric(0), numeric(0)],
    ...[quoted(batch.currency), numeric(''), quoted(''), numeric(''), numeric(''), quoted(''), numeric('')],
    ...[numeric(''), quoted(''), quoted('')],
  ]
}

function booking({
  date,
  amount,
  currency,
  side,
  account,
  contra,
  taxKey,
  document,
  text,
}: ExportRow): readonly Cell[] {
  const [, month = '', day = ''] = date.split('-')
  return [
    ...[numeric(formatAmount({ minor: amount, currency }).replace('.', ',')), quoted(side), quoted(currency)],
    ...[numeric(''), numeric(''), quoted(''), numeric(account), numeric(contra), quoted(taxKey), numeric(day + month)],
    ...[quoted(document), quoted(''), numeric(''), quoted(shorten(text))],
  ]
}

/** Whole characters, and nothing that would end the line. */
function shorten(text: string): string {
  return Array.from(text.replaceAll(/[\r\n\t;"]+/g, ' '))
    .slice(0, LONGEST_TEXT)
    .join('')
}

/** The days of an export by fiscal year: `[start of the year, first day, last day]`. */
export function fiscalYears(from: Temporal.PlainDate, to: Temporal.PlainDate, startMonth: number) {
  const years: { fiscalYear: Temporal.PlainDate; from: Temporal.PlainDate; to: Temporal.PlainDate }[] = []
  for (let first = from; !isAfter(first, to); ) {
    const thisYear = Temporal.PlainDate.from({ year: first.year, month: startMonth, day: 1 })
    const fiscalYear = isBefore(first, thisYear) ? thisYear.subtract({ years: 1 }) : thisYear
    const end = fiscalYear.add({ years: 1 }).subtract({ days: 1 })
    const last = earlierDate(end, to)
    years.push({ fiscalYear, from: first, to: last })
    first = last.add({ days: 1 })
  }
  return years
}
