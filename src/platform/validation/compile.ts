import type { TSchema } from 'typebox'
import { isPlainObject, readProperty } from './coerce.ts'
import { compileFreeForm } from './free-form.ts'
import { type Check, refuseType, type Run } from './run.ts'
import { compileBoolean, compileChoice, compileNumber, compileText } from './scalars.ts'
import { type Keywords, readKeywords } from './keywords.ts'

interface Property {
  readonly key: string
  readonly check: Check
  readonly isRequired: boolean
  readonly emptyIsAbsent: boolean
  readonly fallback: unknown
}

/** No list is longer, whatever its schema says. */
const listLimit = 1000

const compiled = new WeakMap<object, Check>()

/** The check of a schema, compiled on first use and kept as long as the schema lives. */
export function getCheck(schema: TSchema): Check {
  let check = compiled.get(schema)
  if (check === undefined) {
    check = compile(readKeywords(schema))
    compiled.set(schema, check)
  }
  return check
}

function compile(schema: Keywords): Check {
  if (schema.choices !== undefined) return compileChoice(schema, schema.choices)
  switch (schema.type) {
    case 'object':
      return schema.properties === undefined ? compileFreeForm('object') : compileObject(schema)
    case 'array':
      return compileList(schema)
    case 'string':
      return compileText(schema)
    case 'integer':
    case 'number':
      return compileNumber(schema)
    case 'boolean':
      return compileBoolean()
    case undefined:
      return compileFreeForm()
    default:
      throw new Error(`unsupported type in a schema: ${schema.type}`)
  }
}

function compileObject(schema: Keywords): Check {
  const required = new Set(schema.required)
  const properties = Object.entries(schema.properties ?? {}).map(
    ([key, property]): Property => ({
      key,
      check: getCheck(property),
      isRequired: required.has(key),
      emptyIsAbsent: readKeywords(property).emptyIsAbsent === true,
      fallback: readKeywords(property).default,
    }),
  )
  return (value, path, run) => {
    if (!isPlainObject(value)) return refuseType(run, path, 'object')
    const result: Record<string, unknown> = {}
    for (const property of properties) {
      const read = readOne(property, readProperty(value, property.key), path, run)
      if (read !== undefined) result[property.key] = read
    }
    return result
  }
}

function readOne(property: Property, given: unknown, parent: string, run: Run): unknown {
  const value = property.emptyIsAbsent && isPlainObject(given) && isEmpty(given) ? undefined : given
  if (value === undefined) {
    if (property.fallback !== undefined) return copyDefault(property.fallback)
    if (!property.isRequired) return undefined
  }
  const path = parent === '' ? property.key : `${parent}.${property.key}`
  if (value === undefined) {
    run.refuse(path, 'required', { type: 'STRING', value: path })
    return undefined
  }
  run.isRequired = property.isRequired
  return property.check(value, path, run)
}

const isEmpty = (object: Readonly<Record<string, unknown>>) => Object.values(object).every((member) => member === null)

function compileList(schema: Keywords): Check {
  const checkItem = schema.items === undefined ? compileFreeForm() : getCheck(schema.items)
  const least = schema.minItems ?? 0
  const most = Math.min(schema.maxItems ?? listLimit, listLimit)
  return (given, path, run) => {
    const value = schema.wrapSingle && isPlainObject(given) ? [given] : given
    if (!Array.isArray(value)) return refuseType(run, path, 'array')
    const count = value.reduce<number>((sum, item) => (item === null ? sum : sum + 1), 0)
    if (count < least) run.refuseBound(path, 'minItems', least)
    if (count > most) return run.refuseBound(path, 'maxItems', most)
    const before = run.count
    const items: unknown[] = []
    for (const [index, item] of value.entries()) {
      if (item === null) continue
      run.isRequired = true
      items.push(checkItem(item, `${path}[${index}]`, run))
    }
    if (schema.uniqueItems && run.count === before && hasDuplicates(items)) {
      run.refuse(path, 'uniqueItems', { type: 'STRING', value: path })
    }
    return items
  }
}

function hasDuplicates(items: readonly unknown[]): boolean {
  return new Set(items.map((item) => JSON.stringify(item))).size < items.length
}

/** Defaults that are lists or objects must not be shared between requests. */
function copyDefault(value: unknown): unknown {
  return typeof value === 'object' ? structuredClone(value) : value
}
