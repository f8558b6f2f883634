import { isReadable } from '../../platform/validation/coerce.ts'
import { UsageError } from '../failures.ts'

/** Reading a JSON file piece by piece: whatever is not as expected is refused with its position. */
export type Fields = Readonly<Record<string, unknown>>

export const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const

const MOST_LEVELS = 64

/** The value of JSON text; half a character in it is refused, as no database takes it. */
export function parseJson(text: string): unknown {
  const value = parseText(text)
  if (isReadable(value, MOST_LEVELS)) return value
  throw new UsageError('The file holds half a character, or is nested too deep.')
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError('The file is not JSON.')
  }
}

export function fields(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new UsageError(`${path} must be an object.`)
}

export function list(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new UsageError(`${path} must be a list.`)
}

export function parseChoice<T extends string>(known: readonly T[], value: unknown, path: string): T {
  const found = known.find((each) => each === value)
  if (found !== undefined) return found
  throw new UsageError(`${path} must be one of ${known.join(', ')}.`)
}

export function read<T>(value: unknown, path: string, parse: (text: string) => T): T {
  try {
    if (typeof value === 'string' && value !== '') return parse(value)
  } catch {
    // Refused below, with the position.
  }
  throw new UsageError(`${path} is missing or cannot be read.`)
}
