import type { TSchema } from 'typebox'
import type { ErrorCode } from '../errors/error-code.ts'
import type { ValidationReason } from '../errors/errors.ts'
import { mustShow } from './scalars.ts'
import { type Keywords, readKeywords } from './keywords.ts'

/** Every code with which the validator can refuse a value of this schema. */
export function listFieldCodes(schema: TSchema): readonly ErrorCode[] {
  return listReasons(readKeywords(schema), true).map((reason): ErrorCode => `errormessage.validation.${reason}`)
}

function listReasons(schema: Keywords, isRequired: boolean): readonly ValidationReason[] {
  if (schema.choices !== undefined) return ['type', 'enum']
  switch (schema.type) {
    case 'object':
      return ['type', ...(schema.properties === undefined ? freeFormReasons : listObjectReasons(schema))]
    case 'array':
      return ['type', 'maxItems', ...listItemReasons(schema)]
    case 'string':
      return ['type', ...listTextReasons(schema, isRequired)]
    case 'integer':
    case 'number':
      return ['type', ...listBoundReasons(schema, { minimum: 'min', maximum: 'max' })]
    case 'boolean':
      return ['type']
    default:
      return freeFormReasons
  }
}

/** PostgreSQL cannot store every text, and no list and no text is endless. */
const freeFormReasons: readonly ValidationReason[] = ['pattern', 'maxLength', 'maxItems']

function listObjectReasons({ properties = {}, required = [] }: Keywords): readonly ValidationReason[] {
  return Object.entries(properties).flatMap(([key, property]) => {
    const keywords = readKeywords(property)
    const isRequired = required.includes(key)
    const mayLack = isRequired && keywords.default === undefined
    return [...(mayLack ? (['required'] as const) : []), ...listReasons(keywords, isRequired)]
  })
}

function listItemReasons(schema: Keywords): readonly ValidationReason[] {
  const inItems = schema.items === undefined ? freeFormReasons : listReasons(readKeywords(schema.items), true)
  const unique = schema.uniqueItems ? (['uniqueItems'] as const) : []
  return [...listBoundReasons(schema, { minItems: 'minItems' }), ...unique, ...inItems]
}

function listTextReasons(schema: Keywords, isRequired: boolean): readonly ValidationReason[] {
  return [
    ...((schema.trim || mustShow(schema)) && isRequired ? (['required'] as const) : []),
    ...(schema.format === undefined ? [] : (['format'] as const)),
    // Control characters are refused whether or not there is a pattern.
    ...(schema.verbatim && schema.pattern === undefined ? [] : (['pattern'] as const)),
    ...listBoundReasons(schema, { minLength: 'minLength' }),
    'maxLength',
  ]
}

/** The reasons of those listBoundReasons that the schema sets. */
function listBoundReasons(
  schema: Keywords,
  reasons: Partial<Readonly<Record<keyof Keywords, ValidationReason>>>,
): ValidationReason[] {
  return Object.entries(reasons).flatMap(([bound, reason]) => (bound in schema ? [reason] : []))
}
