import type { TObject } from 'typebox'
import { type ApiError, notFound } from '../errors/errors.ts'
import { readProperty } from './coerce.ts'
import { getCheck } from './compile.ts'
import { type Keywords, readKeywords } from './keywords.ts'
import type { Run } from './run.ts'

/** A query string as its parser delivers it: a name that occurs several times has a list. */
export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>

interface Parameter {
  readonly key: string
  readonly schema: Keywords
}

const knownParameters = new WeakMap<TObject, readonly Parameter[]>()

function listParameters(schema: TObject): readonly Parameter[] {
  let parameters = knownParameters.get(schema)
  if (parameters === undefined) {
    parameters = Object.entries(schema.properties).map(([key, property]) => ({ key, schema: readKeywords(property) }))
    knownParameters.set(schema, parameters)
  }
  return parameters
}

/** Reads the query: blank values count as absent, and only lists may occur more than once. */
export function readQuery(schema: TObject, raw: RawQuery, run: Run): unknown {
  const given: Record<string, unknown> = {}
  for (const { key, schema: parameter } of listParameters(schema)) {
    const value = readProperty(raw, key) as string | readonly string[] | undefined
    if (value === undefined) continue
    const all = typeof value === 'string' ? [value] : value
    if (parameter.type === 'array') {
      const items = (parameter.commaList ? all.flatMap(splitAtCommas) : all).filter((item) => item.trim() !== '')
      if (items.length > 0) given[key] = items
    } else if (all.length > 1) {
      // A list is no scalar: refused as a wrong type, in its order among the other refusals.
      given[key] = all
    } else if (all[0]?.trim()) {
      given[key] = all[0]
    }
  }
  return getCheck(schema)(given, '', run)
}

function splitAtCommas(text: string): readonly string[] {
  return text.split(',').map((item) => item.trim())
}

const wholeNumber = /^-?\d+$/

/**
 * Reads the path. An id that no entity can have is an unknown entity, not a wrong request; it is returned as
 * `missing`, so that a wrong query or body can still be answered first.
 */
export function readPath(
  schema: TObject,
  raw: Readonly<Record<string, string>>,
  run: Run,
): { readonly value: unknown; readonly missing: ApiError | undefined } {
  const given: Record<string, unknown> = {}
  let missing: ApiError | undefined
  for (const { key, schema: parameter } of listParameters(schema)) {
    const text = readProperty(raw, key)
    if (typeof text !== 'string') continue
    given[key] = text
    if (parameter.type !== 'integer') continue
    if (!wholeNumber.test(text)) {
      // Stricter than a number in a body: `1.0` and `1e3` are no ids. A list is refused as a wrong type.
      given[key] = []
      continue
    }
    const id = Number(text)
    if (parameter.entity === undefined || (id > 0 && Number.isSafeInteger(id))) continue
    missing ??= notFound(parameter.entity, Number.isSafeInteger(id) ? id : text)
    // Known to be missing: any acceptable id keeps the rest of the request checkable.
    given[key] = 1
  }
  return { value: getCheck(schema)(given, '', run), missing }
}
