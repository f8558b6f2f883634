import { countDays } from '../platform/time/order.ts'
import { formatAmount } from '../platform/values/money.ts'
import { type Column, columnName, columns, type Locale } from './columns.ts'
import { type Entry, pack } from './packing.ts'
import type { ExportRow } from './row-rules.ts'

type Rows = AsyncIterable<readonly ExportRow[]>

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const parts = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Days since the last one of 1899, as spreadsheets count. */
const epoch = Temporal.PlainDate.from('1899-12-30')
const styles = { TEXT: 0, NUMBER: 1, DATE: 2 } as const

/** A workbook with the rows and a sheet of their totals, written as it is read: no sheet is in memory as a whole. */
export function writeWorkbook(rows: Rows, locale: Locale): AsyncIterable<Uint8Array> {
  const names = locale === 'GERMAN' ? ['Buchungen', 'Summen'] : ['Bookings', 'Totals']
  const totals = new Totals()
  const entries: readonly Entry[] = [
    fixed('[Content_Types].xml', contentTypes),
    fixed('_rels/.rels', relate([['officeDocument', 'xl/workbook.xml']])),
    fixed('xl/workbook.xml', workbook(names)),
    fixed(
      'xl/_rels/workbook.xml.rels',
      relate([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['worksheet', 'worksheets/sheet2.xml'],
        ['styles', 'styles.xml'],
      ]),
    ),
    fixed('xl/styles.xml', styleSheet),
    { name: 'xl/worksheets/sheet1.xml', bytes: () => writeSheet(readRows(rows, totals, locale)) },
    { name: 'xl/worksheets/sheet2.xml', bytes: () => writeSheet(totals.list(locale)) },
  ]
  return pack(entries)
}

async function* readRows(rows: Rows, totals: Totals, locale: Locale) {
  yield [columns.map((column) => ({ kind: 'TEXT' as const, value: columnName(column, locale) }))]
  for await (const page of rows) {
    for (const row of page) totals.add(row)
    yield page.map((row) => columns.map((column) => ({ kind: column.kind, value: column.read(row) })))
  }
}

interface Cell {
  readonly kind: Column['kind']
  readonly value: string
}

/** Sums by contra account and side. */
class Totals {
  readonly #sums = new Map<string, Pick<ExportRow, 'contra' | 'side' | 'currency' | 'amount' | 'net' | 'tax'>>()

  add({ contra, side, currency, amount, net, tax }: ExportRow) {
    const key = `${contra}|${side}|${currency}`
    const before = this.#sums.get(key) ?? { amount: 0n, net: 0n, tax: 0n }
    const sums = { amount: before.amount + amount, net: before.net + net, tax: before.tax + tax }
    this.#sums.set(key, { contra, side, currency, ...sums })
  }

  async *list(locale: Locale): AsyncGenerator<readonly (readonly Cell[])[]> {
    const shown = ['contra', 'side', 'currency', 'amount', 'net', 'tax'] as const
    const headings =
      locale === 'GERMAN'
        ? ['Gegenkonto', 'S/H', 'Währung', 'Betrag', 'Netto', 'Steuer']
        : ['Contra account', 'S/H', 'Currency', 'Amount', 'Net', 'Tax']
    const sums = [...this.#sums.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum)
    yield [
      headings.map((value) => ({ kind: 'TEXT', value })),
      ...sums.map((sum) =>
        shown.map((field): Cell => {
          const value = sum[field]
          return typeof value === 'bigint'
            ? { kind: 'NUMBER', value: formatAmount({ minor: value, currency: sum.currency }) }
            : { kind: 'TEXT', value }
        }),
      ),
    ]
  }
}

async function* writeSheet(pages: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${xml}<worksheet xmlns="${main}"><sheetData>`)
  let written = 0
  for await (const page of pages) yield Buffer.from(page.map((cells) => writeRow(cells, ++written)).join(''))
  yield Buffer.from('</sheetData></worksheet>')
}

function writeRow(cells: readonly Cell[], row: number): string {
  return `<row r="${row}">${cells.map((cell, n) => writeCell(cell, `${letters[n]}${row}`)).join('')}</row>`
}

/** Of the columns, of which no sheet has more. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

function writeCell({ kind, value }: Cell, cell: string): string {
  if (value === '') return ''
  if (kind === 'TEXT') {
    return `<c r="${cell}" t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`
  }
  const number = kind === 'DATE' ? countDays(epoch, Temporal.PlainDate.from(value)) : value
  return `<c r="${cell}" s="${styles[kind]}"><v>${number}</v></c>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text in XML, without characters that XML cannot hold. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? '')
}

const fixed = (name: string, text: string): Entry => ({
  name,
  bytes: async function* () {
    yield Buffer.from(text)
  },
})

function relate(targets: readonly (readonly [type: string, target: string])[]): string {
  const each = targets.map(
    ([type, target], n) => `<Relationship Id="rId${n + 1}" Type="${office}/${type}" Target="${target}"/>`,
  )
  return `${xml}<Relationships xmlns="${relations}">${each.join('')}</Relationships>`
}

const contentTypes = `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${parts}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${parts}.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="${parts}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${parts}.styles+xml"/></Types>`

function workbook(names: readonly string[]): string {
  const sheets = names.map((name, n) => `<sheet name="${name}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`)
  return `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.join('')}</sheets></workbook>`
}

/** Text, amounts with two decimals, days. */
const styleSheet = `${xml}<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`
