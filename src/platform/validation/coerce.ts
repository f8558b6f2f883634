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

/** Whether objects and lists are nested more than `levels` deep. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const child of Array.isArray(value) ? value : Object.values(value)) {
    if (isDeeperThan(child, levels - 1)) return true
  }
  return false
}

/** The length that callers count: characters, not UTF-16 units. */
export function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
