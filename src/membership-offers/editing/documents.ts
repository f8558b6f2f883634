import { getTableColumns } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'

/** Columns that no document names. */
const kept: ReadonlySet<string> = new Set(['id', 'tenantId', 'createdAt', 'updatedAt', 'version'])

/** What a writer gives to the columns of a table; the instants of rows are set where they are written. */
export type Values<T extends PgTable> = Omit<T['$inferInsert'], 'createdAt' | 'updatedAt'>

type Columns = Readonly<Record<string, PgColumn>>

/**
 * The values that a document gives to the columns of a table: a length takes two, days are read, and a column without a
 * value is emptied. Columns with a preset value are in every document, because its schema has the same preset. `more` are
 * columns that the document does not have.
 */
export function toColumns<T extends PgTable>(
  table: T,
  document: Readonly<Record<string, unknown>>,
  more: Partial<T['$inferInsert']> = {},
): Values<T> {
  const columns: Columns = getTableColumns(table)
  const values: Record<string, unknown> = { ...more }
  for (const [key, column] of Object.entries(columns)) {
    if (kept.has(key) || key in more) continue
    const given = findValue(key, document)
    if (given !== undefined) values[key] = readValue(given, column)
    else if (!column.notNull) values[key] = null
  }
  return values as Values<T>
}

function readValue(given: unknown, column: PgColumn): unknown {
  return column.getSQLType() === 'date' && typeof given === 'string' ? Temporal.PlainDate.from(given) : given
}

function findValue(key: string, document: Readonly<Record<string, unknown>>): unknown {
  if (Object.hasOwn(document, key)) return document[key]
  const [, stem, part] = /^(.+)(Value|Unit)$/.exec(key) ?? []
  const length = stem === undefined ? undefined : document[stem]
  if (typeof length !== 'object' || length === null) return undefined
  const { value, unit } = length as { readonly value?: unknown; readonly unit?: unknown }
  return part === 'Value' ? value : unit
}

/** A row as a document has it: lengths as one member, days as text, and nothing where the row has nothing. */
export function toDocument(
  table: PgTable,
  row: Readonly<Record<string, unknown>>,
  leftOut: readonly string[] = [],
): Record<string, unknown> {
  const columns: Columns = getTableColumns(table)
  const document: Record<string, unknown> = {}
  for (const [key, column] of Object.entries(columns)) {
    const value = row[key] ?? null
    if (kept.has(key) || leftOut.includes(key) || value === null) continue
    const [, stem, part] = /^(.+)(Value|Unit)$/.exec(key) ?? []
    const isLength = `${stem}Value` in columns && `${stem}Unit` in columns
    if (stem === undefined || !isLength) document[key] = toText(value, column)
    else if (part === 'Value') document[stem] = { value, unit: row[`${stem}Unit`] }
  }
  return document
}

function toText(value: unknown, column: PgColumn): unknown {
  const type = column.getSQLType()
  if (type === 'date') return String(value)
  // Amounts have four decimals in the database; people write two.
  if (type === 'numeric(19, 4)') return String(value).replace(/0{1,2}$/, '')
  if (type === 'numeric(7, 4)') return String(value).replace(/\.?0+$/, '')
  return value
}
