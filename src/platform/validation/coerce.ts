import { decimalText } from '../values/decimal-text.ts'

/** Says that a value cannot be read as the wanted type. */
export const notOfType = Symbol('not of type')

const numberText = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Text; a number counts as its decimal text, because clients send postcodes and phone numbers as numbers. */
export function readText(value: unknown): string | typeof notOfType {
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isFinite(value) ? decimalText(value) : notOfType
}

/** A number or the text of one. */
export function readNumber(value: unknown): number | typeof notOfType {
  const number = typeof value === 'string' && numberText.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) return notOfType
  return number === 0 ? 0 : number
}

/** `true`, `false` or their text. */
export function readBoolean(value: unknown): boolean | typeof notOfType {
  if (typeof value === 'boolean') return value
  if (value === 'true') return true
  return value === 'false' ? false : notOfType
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Own property or undefined; `null` counts as absent. Never reads from the prototype. */
export function readProperty(from: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(from, key) ? (from[key] ?? undefined) : undefined
}

/**
 * Whether a JSON value can be read at all: objects and lists are nested at most `levels` deep, and no text or name of a
 * member holds half a character, which no database and no other program takes.
 */
export function isReadable(value: unknown, levels: number): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  if (Array.isArray(value)) return value.every((item) => isReadable(item, levels - 1))
  // No list of members is made: of a body with a hundred thousand of them it would cost more than reading it.
  for (const name in value) {
    if (!name.isWellFormed() || !isReadable((value as Readonly<Record<string, unknown>>)[name], levels - 1))
      return false
  }
  return true
}

/** The length that callers count: characters, not UTF-16 units. */
export function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
