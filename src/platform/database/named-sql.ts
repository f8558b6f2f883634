import type pg from 'pg'
import { readyBy } from './in-order.ts'
import type { Ready, Tx } from './database.ts'

export type NamedValues = Readonly<Record<string, unknown>>

/**
 * SQL that is written by hand because every request runs it: the server plans it once per connection, under its name.
 * In the source its parameters have names, like `:customerId::bigint`.
 */
export interface NamedStatement {
  readonly name: string
  /** With parameters as the server counts them. */
  readonly text: string
  /** The names of the parameters, `$1` first. */
  readonly parameters: readonly string[]
}

/** A colon that begins a name; that of a cast follows another one. */
const PARAMETER = /(?<!:):([a-z]\w*)/gi

/** Turns names into the numbers that the server wants, the first one being `first`. */
export function numberParameters(source: string, first = 1): Pick<NamedStatement, 'text' | 'parameters'> {
  const parameters: string[] = []
  const text = source.replaceAll(PARAMETER, (_, name: string) => {
    if (!parameters.includes(name)) parameters.push(name)
    return `$${first + parameters.indexOf(name)}`
  })
  return { text, parameters }
}

export const namedStatement = (name: string, source: string): NamedStatement => ({ name, ...numberParameters(source) })

/** The values in the order of the parameters; a misspelt name fails instead of being null. */
export function valuesFor(parameters: readonly string[], values: NamedValues): unknown[] {
  return parameters.map((name) => {
    if (values[name] === undefined) throw new Error(`A statement has no value for :${name}.`)
    return values[name]
  })
}

/** Sends positional values with a statement. */
export function readyWith({ name, text }: NamedStatement, values: unknown[]): Ready<pg.QueryResult> {
  return readyBy((tx: Tx) => (tx as unknown as { readonly $client: pg.Client }).$client.query({ name, text, values }))
}

export function runNamed(tx: Tx, statement: NamedStatement, values: NamedValues): Promise<pg.QueryResult> {
  return readyWith(statement, valuesFor(statement.parameters, values)).send(tx)
}
