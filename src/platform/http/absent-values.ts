import type { TSchema } from 'typebox'
import { isPlainObject } from '../validation/coerce.ts'
import { readKeywords } from '../validation/keywords.ts'

/** What answers write where a declared property has no value: nothing, or `null`. */
export type AbsentValues = 'OMIT' | 'NULL'

/**
 * The value with `null` for every property that its schema declares and that it lacks, at any depth. Properties stand in
 * the order of the schema; those that it does not declare follow.
 */
export function fillAbsent(schema: TSchema | undefined, value: unknown): unknown {
  if (schema === undefined) return value
  const { properties = {}, items } = readKeywords(schema)
  if (Array.isArray(value)) return value.map((item) => fillAbsent(items, item))
  if (!isPlainObject(value)) return value
  const declared = Object.entries(properties).map(
    ([name, property]) => [name, name in value ? fillAbsent(property, value[name]) : null] as const,
  )
  return { ...Object.fromEntries(declared), ...pickUndeclared(properties, value) }
}

function pickUndeclared(properties: object, value: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !Object.hasOwn(properties, name)))
}
