import type { TSchema } from 'typebox'
import { refuseFields, type Violation, violation } from '../errors/errors.ts'
import { isPlainObject } from '../validation/coerce.ts'
import { readKeywords } from '../validation/keywords.ts'
import { validate } from '../validation/validation.ts'

/**
 * Reads a value as public requests are read, but refuses properties that the schema does not know: a misspelt field of
 * staff must not be taken for one that was left out.
 */
export function readStrictly(schema: TSchema, value: unknown): unknown {
  const read = validate(schema, value)
  const [first, ...more] = [...listUnknown(schema, value, ''), ...read.violations]
  if (first !== undefined) throw refuseFields([first, ...more])
  return read.value
}

function listUnknown(schema: TSchema, value: unknown, path: string): readonly Violation[] {
  const { properties, items } = readKeywords(schema)
  if (Array.isArray(value)) {
    return items === undefined ? [] : value.flatMap((item, at) => listUnknown(items, item, `${path}[${at}]`))
  }
  if (properties === undefined || !isPlainObject(value)) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined
    const where = path === '' ? name : `${path}.${name}`
    if (property) return listUnknown(property, member, where)
    return [violation(where, 'format', { type: 'STRING', value: 'field' })]
  })
}
