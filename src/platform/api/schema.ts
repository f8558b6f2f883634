import type { UnknownEntity } from '../errors/errors.ts'
import {
  type TArray,
  type TBoolean,
  type TInteger,
  type TNumber,
  type TSchema,
  type TSchemaOptions,
  type TString,
  type TUnsafe,
  Type,
} from 'typebox'

/**
 * The vocabulary of the API declarations. Besides JSON Schema a schema may carry keywords of our own: the validator
 * obeys them, and the published document leaves them out.
 *
 * - `entity`: an impossible id in the path is answered like an unknown one, 404 of this entity.
 * - `trim`: surrounding spaces are cut off, and signs that nobody sees are left out; a required text that is empty afterwards counts as missing.
 * - `plain`: figures, letters and hyphens in other forms are read as those of a keyboard.
 * - `verbatim`: the text is taken as it was sent, control characters included.
 * - `wrapSingle`: a single object where a list is expected is read as a list of one.
 * - `commaList`: the query parameter is one text, its entries separated by commas.
 * - `emptyIsAbsent`: an object of nothing but nulls counts as absent.
 * - `aliases`: other spellings of a choice or text, each with what it means in requests.
 * - `inEveryAnswer`: an optional property that each answer has and callers may leave out; published as required.
 * - `note`: what a named schema means where it is used.
 *
 * A property with a `default` is declared as required, because the operation always gets it; callers may leave it out.
 */
export const ownKeywords: ReadonlySet<string> = new Set([
  'entity',
  'trim',
  'plain',
  'wrapSingle',
  'emptyIsAbsent',
  'commaList',
  'note',
  'verbatim',
  'aliases',
  'inEveryAnswer',
])

/** Marks what we add to the original API: published as it is, so that integrators see what only Palestra has. */
export const added = { 'x-addition': true } as const

/** Type.Enum would not print `type: string`, which code generators of integrators rely on. */
export function choice<const Names extends readonly string[]>(
  names: Names,
  description: string,
  options: TSchemaOptions = {},
): TUnsafe<Names[number]> {
  return Type.Unsafe<Names[number]>({ type: 'string', enum: names, description, ...options } as TSchema)
}

/** An id: below 2^53, so a JSON number carries it without loss. */
export function id(description: string, options: TSchemaOptions = {}): TInteger {
  return Type.Integer({ format: 'int64', description, ...options })
}

/** An id in the path; `entity` is the word of `errormessage.<entity>.notFound`. */
export function pathId(entity: UnknownEntity, description: string): TInteger {
  return id(description, { entity })
}

export function int32(description: string, options: TSchemaOptions = {}): TInteger {
  return Type.Integer({ format: 'int32', description, ...options })
}

export function double(description: string, options: TSchemaOptions = {}): TNumber {
  return Type.Number({ format: 'double', description, ...options })
}

export function flag(description: string, options: TSchemaOptions = {}): TBoolean {
  return Type.Boolean({ description, ...options })
}

export function text(description: string, options: TSchemaOptions = {}): TString {
  return Type.String({ description, ...options })
}

/** A name, contact or address field: trimmed before anything reads it. */
export function trimmed(description: string, example?: string): TString {
  return text(description, { trim: true, ...(example === undefined ? {} : { examples: [example] }) })
}

/** A number or code that people type or paste, such as a phone number or an IBAN: as {@link trimmed}, in plain signs. */
export function typed(description: string, example?: string): TString {
  return text(description, { trim: true, plain: true, ...(example === undefined ? {} : { examples: [example] }) })
}

/** A calendar date without a zone, `2026-06-15`. */
export function date(description: string, example = '2026-06-15', options: TSchemaOptions = {}): TString {
  return text(description, { format: 'date', examples: [example], ...options })
}

/** An instant; answers name the zone of the studio in brackets, requests need at least an offset. */
export function dateTime(description: string, example = '2026-06-15T18:00:00.000+02:00[Europe/Berlin]'): TString {
  return text(description, { format: 'date-time', examples: [example] })
}

/** An instant as operations of our own answer it: never with the zone in brackets. */
export const plainDateTime = (description: string, example = '2026-06-15T18:00:00.000+02:00') =>
  dateTime(description, example)

/** A moment on the clock of the studio, without an offset. */
export function localDateTime(description: string, example = '2026-12-24T14:00:00'): TString {
  return text(description, { format: 'local-date-time', examples: [example] })
}

export function list<T extends TSchema>(items: T, description: string, options: TSchemaOptions = {}): TArray<T> {
  return Type.Array(items, { description, ...options })
}

/** Gives a schema the name under which the published document lists it once, however often it is used. */
export function named<T extends TSchema>(title: string, schema: T): T {
  return extended(schema, { title })
}

/** A named schema together with its meaning here. */
export function described<T extends TSchema>(schema: T, note: string, options: TSchemaOptions = {}): T {
  return extended(schema, { note, ...options })
}

// A spread would lose what TypeBox keeps in properties that are not enumerable.
function extended<T extends TSchema>(schema: T, keywords: object): T {
  return Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(schema), ...Object.getOwnPropertyDescriptors(keywords) },
  ) as T
}

const offsetPattern = '^[0-9]{1,16}$'

/** `offset` of a sliced list; without a default the operation can distinguish "not given" from the beginning. */
export function sliceOffset(options: TSchemaOptions = {}): TString {
  const meaning = 'Where to go on: the `offset` of the previous slice, unchanged. `0` is the beginning.'
  return text(meaning, { pattern: offsetPattern, examples: ['0'], ...options })
}

export function sliceSize(preset: number, minimum: number, maximum: number): TInteger {
  return int32('How many entries one slice holds at most.', { default: preset, minimum, maximum })
}

/** The two parameters of every sliced list. */
export function sliceQuery(preset: number, minimum: number, maximum: number) {
  return Type.Object({ offset: sliceOffset({ default: '0' }), sliceSize: sliceSize(preset, minimum, maximum) })
}

/** One slice of a list. */
export function slicedResult<T extends TSchema>(title: string, item: T) {
  return named(
    title,
    Type.Object({
      result: list(item, 'The entries of this slice; empty when there are none.'),
      hasNext: flag('Whether entries follow this slice.'),
      offset: text('Send this back as `offset` to get the following slice.', { examples: ['1000000042'] }),
    }),
  )
}
