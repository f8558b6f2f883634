import { stringify } from 'csv-stringify/sync'
import { type Column, columnName, columns, type Locale } from './columns.ts'
import type { ExportRow } from './row-rules.ts'

type Rows = AsyncIterable<readonly ExportRow[]>

/** A table for spreadsheets and bookkeeping: UTF-8 with its mark, so that spreadsheets read it as such. */
export async function* writeCsv(rows: Rows, locale: Locale): AsyncGenerator<Uint8Array> {
  const write = (lines: readonly (readonly string[])[]) =>
    Buffer.from(
      stringify([...lines] as string[][], {
        delimiter: locale === 'GERMAN' ? ';' : ',',
        record_delimiter: '\r\n',
        // A text that begins like a formula would be calculated by a spreadsheet.
        escape_formulas: true,
      }),
    )
  yield Buffer.concat([Buffer.from('\ufeff'), write([columns.map((column) => columnName(column, locale))])])
  for await (const page of rows) {
    yield write(page.map((row) => columns.map((column) => format(column, column.read(row), locale))))
  }
}

function format({ kind }: Column, value: string, locale: Locale): string {
  if (locale === 'ENGLISH' || value === '') return value
  if (kind === 'NUMBER') return value.replace('.', ',')
  return kind === 'DATE' ? value.split('-').toReversed().join('.') : value
}
