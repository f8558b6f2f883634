import { type NamedStatement, runNamed, type Tx } from '../database/database.ts'

/**
 * A piece of what a unit writes at its end. All pieces go as one statement together with the commit: every statement that
 * is spared is felt by every booking.
 */
export interface WritePart {
  /** Short: the names of all parts together name the statement, which has at most 63 characters. */
  readonly name: string
  /** Data-modifying `with` queries, separated by commas; parameters count from `$1` on. */
  readonly queries: string
  readonly values: readonly unknown[]
  /** A scalar over the queries that fails, by a division by zero, when something was not to be had. */
  readonly check?: string
}

const composed = new Map<string, NamedStatement>()

/** Writes all parts in one statement, which the server plans once per connection and combination. */
export function runParts(tx: Tx, parts: readonly WritePart[]): Promise<unknown> {
  const name = parts.map((part) => part.name).join('+')
  let statement = composed.get(name)
  if (statement === undefined) composed.set(name, (statement = { name, text: compose(parts) }))
  return runNamed(
    tx,
    statement,
    parts.flatMap(({ values }) => values),
  )
}

function compose(parts: readonly WritePart[]): string {
  let before = 0
  const queries = parts.map(({ queries, values }) => {
    const first = before
    before += values.length
    return queries.replaceAll(/\$(\d+)/g, (_, n) => `$${first + Number(n)}`)
  })
  const checks = parts.flatMap(({ check }) => check ?? [])
  return `with ${queries.join(', ')} select ${checks.length > 0 ? checks.join(', ') : '1'}`
}
