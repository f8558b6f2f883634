import type { Ready } from '../database/database.ts'
import { type NamedStatement, type NamedValues, numberParameters, readyWith, valuesFor } from '../database/named-sql.ts'
import { orRefuse, type Refusal } from '../database/refusals.ts'

/**
 * A piece of what a unit writes at its end. All pieces go as one statement together with the commit: every statement that
 * is spared is felt by every booking.
 */
export interface WritePart {
  /** Short: the names of all parts together name the statement, which has at most 63 characters. */
  readonly name: string
  /** Data-modifying `with` queries, separated by commas; their parameters have names, like `:now::timestamptz`. */
  readonly queries: string
  /** By the names of the parameters, which are the part's own. */
  readonly values: NamedValues
  /** One of the queries, which must have returned a row: otherwise the whole statement fails by that refusal. */
  readonly requires?: { readonly rowFrom: string; readonly orElse: Refusal }
}

interface Composed {
  readonly statement: NamedStatement
  /** Of each part, in the order in which it asks for them. */
  readonly parameters: readonly (readonly string[])[]
}

const composed = new Map<string, Composed>()

/** Writes all parts in one statement, which the server plans once per connection and combination. */
export function readyParts(parts: readonly WritePart[]): Ready<unknown> {
  const name = parts.map((part) => part.name).join('+')
  let known = composed.get(name)
  if (known === undefined) composed.set(name, (known = compose(name, parts)))
  const { statement, parameters } = known
  return readyWith(
    statement,
    parts.flatMap(({ values }, part) => valuesFor(parameters[part] ?? [], values)),
  )
}

function compose(name: string, parts: readonly WritePart[]): Composed {
  let next = 1
  const numbered = parts.map(({ queries }) => {
    const part = numberParameters(queries, next)
    next += part.parameters.length
    return part
  })
  const conditions = parts.flatMap(({ requires }) =>
    requires ? orRefuse(`exists (select from ${requires.rowFrom})`, requires.orElse) : [],
  )
  const text = `with ${numbered.map((part) => part.text).join(', ')} select ${conditions.join(', ') || '1'}`
  const parameters = numbered.map((part) => part.parameters)
  return { statement: { name, text, parameters: parameters.flat() }, parameters }
}
