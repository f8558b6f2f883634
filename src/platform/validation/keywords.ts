import type { UnknownEntity } from '../errors/errors.ts'
import type { TSchema } from 'typebox'

/** The part of JSON Schema that request schemas may use, plus our own keywords. */
export interface Keywords {
  readonly type?: string
  /** The allowed values, however the schema spells them: `enum`, `const`, or `anyOf` of constants. */
  readonly choices?: readonly (string | number | boolean)[]
  readonly properties?: Readonly<Record<string, TSchema>>
  readonly required?: readonly string[]
  readonly items?: TSchema
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly default?: unknown
  /** Names, contact and address fields: trimmed, NFC, without what is unseen, no control characters, empty counts as missing. */
  readonly trim?: boolean
  /** Numbers and codes that people type or paste: read in the signs of a keyboard. */
  readonly plain?: boolean
  /** Kept as it was sent, control characters included; never a text column. */
  readonly verbatim?: boolean
  /** Path ids: the kind of thing that an id outside the range of ids would have named. */
  readonly entity?: UnknownEntity
  /** List parameters that may also be sent as one comma-separated value. */
  readonly commaList?: boolean
  /** Lists of a body that may also be sent as their only entry, without the list around it. */
  readonly wrapSingle?: boolean
  /** Other spellings of a choice or text, each with what it means. */
  readonly aliases?: Readonly<Record<string, string>>
  /** Objects that count as absent when every member of theirs is null, as some clients send them. */
  readonly emptyIsAbsent?: boolean
}

/** A rule that we would silently not enforce must not be declared. */
const unsupported = [
  '$ref',
  'allOf',
  'oneOf',
  'not',
  'if',
  'patternProperties',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
] as const

/** The keywords of a schema in one spelling; throws on a rule that the validator does not know. */
export function readKeywords(schema: TSchema): Keywords {
  const raw = schema as Keywords & {
    enum?: readonly (string | number | boolean)[]
    const?: string | number | boolean
    anyOf?: readonly TSchema[]
  }
  for (const keyword of unsupported) {
    if (keyword in raw) throw new Error(`unsupported keyword in a schema: ${keyword}`)
  }
  if (raw.enum !== undefined) return { ...raw, choices: raw.enum }
  if (raw.const !== undefined) return { ...raw, choices: [raw.const] }
  if (raw.anyOf === undefined) return raw
  const options = raw.anyOf.map(readKeywords).filter((option) => option.type !== 'null')
  const [only] = options
  if (only !== undefined && options.length === 1) return { ...only, ...raw }
  if (!options.every((option) => option.choices !== undefined)) {
    throw new Error('unsupported schema: anyOf of something other than constants')
  }
  return { ...raw, choices: options.flatMap((option) => option.choices ?? []) }
}
