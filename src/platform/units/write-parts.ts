import type { Ready } from '../database/database.ts'
import { type NamedStatement, numberParameters, readyWith } from '../database/named-sql.ts'
import { orRefuse, type Refusal } from '../database/refusals.ts'

/**
 * A piece of what a unit writes at its end. All pieces go as one statement together with the commit: every statement that
 * is spared is felt by every booking. Pieces of one kind become one piece with the rows of all, so that units that share
 * a transaction share the statement as well.
 */
export interface WritePart {
  readonly kind: PartKind
  /** What `jsonb_to_recordset` reads. */
  readonly rows: readonly PartRow[]
}

/** Values of one row by the names of its columns; an id is a number, a moment and a range are text, bytes are base64. */
export type PartRow = Readonly<Record<string, unknown>>

export interface PartKind {
  /** Short: the names of all kinds together name the statement, which has at most 63 characters. */
  readonly name: string
  /** Data-modifying `with` queries, separated by commas, which take their rows from `:rows::jsonb`. */
  readonly queries: string
  /** One of the queries, which must return a row for each that was given: else the whole statement fails by that refusal. */
  readonly requires?: { readonly rowsFrom: string; readonly orElse: Refusal }
}

const composed = new Map<string, NamedStatement>()

/** Writes all parts in one statement, which the server plans once per connection and combination of kinds. */
export function readyParts(parts: readonly WritePart[]): Ready<unknown> {
  const rowsByKind = new Map<PartKind, PartRow[]>()
  for (const { kind, rows } of parts) {
    const before = rowsByKind.get(kind)
    if (before) before.push(...rows)
    else rowsByKind.set(kind, [...rows])
  }
  const kinds = [...rowsByKind.keys()]
  const name = kinds.map((kind) => kind.name).join('+')
  let statement = composed.get(name)
  if (statement === undefined) composed.set(name, (statement = compose(name, kinds)))
  return readyWith(
    statement,
    [...rowsByKind.values()].map((rows) => JSON.stringify(rows)),
  )
}

function compose(name: string, kinds: readonly PartKind[]): NamedStatement {
  const numbered = kinds.map(({ queries }, n) => numberParameters(queries, n + 1))
  const conditions = kinds.flatMap(({ requires }, n) =>
    requires
      ? orRefuse(`(select count(*) from ${requires.rowsFrom}) = jsonb_array_length($${n + 1}::jsonb)`, requires.orElse)
      : [],
  )
  const text = `with ${numbered.map((part) => part.text).join(', ')} select ${conditions.join(', ') || '1'}`
  return { name, text, parameters: numbered.flatMap((part) => part.parameters) }
}
