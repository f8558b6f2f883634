import type { TSchema } from 'typebox'
import { defined } from '../values/defined.ts'
import { printFormat } from './printed-formats.ts'
import { ownKeywords } from './schema.ts'

export type Json = Readonly<Record<string, unknown>>

/** Prints schemas for the published document and collects the named ones, each once. */
export interface SchemaPrinter {
  readonly print: (schema: TSchema) => Json
  /** The named schemas printed so far, sorted by name. */
  readonly components: () => Json
}

export function schemaPrinter(): SchemaPrinter {
  const named = new Map<string, Json>()

  function print(schema: TSchema): Json {
    const { title, note, ...rest } = schema as Json
    const body = printBody(rest)
    if (typeof title !== 'string') return body
    const known = named.get(title)
    // Two shapes under one name would silently publish only one of them.
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(body)) {
      throw new Error(`two different schemas are named ${title}`)
    }
    named.set(title, body)
    return { $ref: `#/components/schemas/${title}`, ...defined({ description: note }) }
  }

  function printBody(schema: Json): Json {
    const keywords = Object.entries(schema).filter(([keyword]) => !ownKeywords.has(keyword) && keyword !== 'required')
    const required = requiredOfCaller(schema)
    return {
      ...Object.assign({}, ...keywords.map(([keyword, value]) => printKeyword(keyword, value))),
      ...(required.length > 0 ? { required } : {}),
    }
  }

  function printKeyword(keyword: string, value: unknown): Json {
    if (keyword === 'format') return printFormat(value)
    if (keyword === 'items' || (keyword === 'additionalProperties' && typeof value === 'object')) {
      return { [keyword]: print(value as TSchema) }
    }
    if (keyword !== 'properties') return { [keyword]: value }
    const properties = Object.entries(value as Record<string, TSchema>)
    return { properties: Object.fromEntries(properties.map(([name, property]) => [name, print(property)])) }
  }

  return {
    print,
    components: () => Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** A property with a default is always there for the operation, so callers need not send it. */
export function requiredOfCaller(schema: object): readonly string[] {
  const { required = [], properties = {} } = schema as { required?: string[]; properties?: Record<string, object> }
  return Object.entries(properties)
    .filter(([name, property]) => 'inEveryAnswer' in property || (required.includes(name) && !('default' in property)))
    .map(([name]) => name)
}
